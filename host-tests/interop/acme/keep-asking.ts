// Clients of a device that orders a certificate meanwhile.

import { Agent } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../../deadline";
import { textOf } from "../identity/visit";
import type { Device } from "./device";

/** Four clients, as many as there are places, of whom so many post. What has content may have to wait for an order to end, and be refused with 503. */
export function keepAsking({ port, exit }: Device, posting: number) {
	const clients = { served: 0, isOver: false, leave: async () => {} };
	exit.then(() => {
		clients.isOver = true;
	});
	const ask = async (at: number) => {
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		while (!clients.isOver) {
			const [method, path, body] = at >= posting ? ["GET", "/", ""] : ["POST", "/echo", "x".repeat(500)];
			const text = await textOf(port, method, path, body, agent).catch(() => "");
			if (method === "GET" ? text !== "" : text === body) clients.served++;
			await sleep(20);
		}
		agent.destroy();
	};
	const all = Promise.all([0, 1, 2, 3].map(ask));
	clients.leave = async () => {
		clients.isOver = true;
		await all;
	};
	return clients;
}

/** The n-th certificate has come. Beside clients an order may fail for lack of memory, or of a place for the CA: then another is asked for. */
export async function whenOrdered(device: Device, count: number): Promise<void> {
	const times = (line: RegExp) => device.output.match(line)?.length ?? 0;
	let failed = 0;
	const isThere = async () => {
		if (times(/^changed /gm) >= count) return true;
		if (times(/^failed /gm) > failed) {
			if ((await device.post("/renew").catch(() => "")) === "begun") failed = times(/^failed /gm);
		}
		return false;
	};
	await until(isThere, () => `certificate ${count}: ${device.output}`, 400_000);
}

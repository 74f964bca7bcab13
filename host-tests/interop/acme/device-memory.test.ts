// An order in the memory of an ESP32-C3, which restarts where there is no more of it. The figures are those of DESIGN.md.

import { Agent } from "node:https";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { folder } from "../../unit/certs/tool";
import { open } from "../httpsd/memory/client";
import { visit } from "../identity/visit";
import { chainOf, type Device, freePorts, startDevice } from "./device";
import { keepAsking, whenOrdered } from "./keep-asking";
import { type Pebble, startPebble } from "./pebble";

const out = folder();
let stores = 0;
let device: Device | undefined;
let pebble: Pebble | undefined;
afterEach(async () => {
	await device?.stop();
	await pebble?.stop();
});

/** What a step printed: XS's block free and at the least, XS's stack at the deepest, C's heap free and at the least. */
const figures = (step: string, output: string) =>
	JSON.parse([...output.matchAll(new RegExp(`^memory ${step}: (.*)$`, "gm"))].at(-1)?.[1] as string) as number[];

async function start(challenges: string, chain: string, more = {}): Promise<Device> {
	const ports = await freePorts();
	const environment = { PEBBLE_CHAIN_LENGTH: chain };
	pebble = await startPebble({ httpPort: ports.plainPort, tlsPort: ports.port, environment });
	const config = {
		...ports,
		// One of its own: with a certificate that is good nothing is ordered.
		store: join(out, `${++stores}.bin`),
		directory: pebble.directory,
		challenges,
		...more
	};
	device = await startDevice(config, { variant: "device", platform: "esp32c3", with: ["acme"] });
	return device;
}

function print(what: string, output: string): number[] {
	const rows = ["before main", "server started", "changed"].map(step => figures(step, output).join(", "));
	console.log([`${what}: XS free, least, stack; C free, least`, ...rows].join("\n"));
	return figures("changed", output);
}

/** An order waits for room for two minutes, however quick the machine is, and content may have to wait for its end. */
const patience = 200_000;

describe("Z17 Z12 in a device's memory", () => {
	// Bytes of XS's block and of C's heap that are free at the least; the last chain is 8 kB of DER.
	test.each<[string, string, number, number]>([
		["http-01", "1", 14_000, 40_000],
		["tls-alpn-01", "1", 14_000, 40_000],
		["http-01", "4", 14_000, 40_000],
		["http-01", "9", 8_000, 28_000]
	])(
		"Z17 Z12 an order by %s with a chain of %s and the leaf, and a renewal, leave room",
		async (challenges, chain, room, roomOfC) => {
			const running = await start(challenges, chain);
			await running.whenChanged();
			print(`${challenges}, ${chain}`, running.output);
			await running.post("/renew");
			await running.whenChanged(2);
			const [, least = 0, , , leastOfC = 0] = print(`${challenges}, ${chain}, renewed`, running.output);
			expect(least).toBeGreaterThan(room);
			expect(leastOfC).toBeGreaterThan(roomOfC);
			expect((await chainOf(running.port, "device.example", pebble?.root as string)).length).toBeGreaterThan(1);
		}
	);

	// The CA has its turn as others have, also at a port where nobody else comes. By http-01 it never came in beside them.
	test.each(["http-01", "tls-alpn-01"])(
		"Z17 Z12 an order by %s of a chain of 2 comes beside as many clients as there are places, all of whom post, and they are served",
		async challenges => {
			const running = await start(challenges, "2");
			const clients = keepAsking(running, 4);
			await whenOrdered(running, 1);
			await until(() => clients.served > 10, "clients are served", patience);
			await clients.leave();
			const [, least = 0] = print(`four clients: ${clients.served} times served`, running.output);
			expect(least).toBeGreaterThan(2_000);
		}
	);

	// A browser keeps its connections open, also that on which the renewal was asked for. It failed at once: a longer answer of the CA was not waited
	// for, and the CA was not let in to see the proof.
	test.each([0, 2])(
		"Z17 Z12 a renewal while %d clients and the one who asks for it keep idle connections waits for room, and comes",
		async idle => {
			const running = await start("http-01", "1");
			await running.whenChanged();
			const clients = await Promise.all(Array.from({ length: idle }, () => open(running.port)));
			const agent = new Agent({ keepAlive: true, maxSockets: 1 });
			expect((await visit(running.port, "POST", "/renew", "", agent)).text).toBe("begun");
			await running.whenChanged(2);
			expect(running.output).not.toContain("failed");
			for (const client of clients) client.close();
			agent.destroy();
		}
	);

	// What were slots at the busiest moment are chunks no more: so what storing takes is kept from the order's beginning.
	test("Z17 Z12 a chain of 9 beside as many clients, of whom two post: they are served, and it comes beside them, or when they have left", async () => {
		const running = await start("http-01", "9");
		const clients = keepAsking(running, 2);
		await until(() => clients.served > 50, "clients are served", patience);
		await clients.leave();
		await whenOrdered(running, 1);
		expect(running.output).not.toContain("out of memory");
	});

	// What an order writes of a long chain, at its beginning and at its end, is 18 kB at a time, and was asked for nowhere: heads of 2 kB
	// beside a renewal, of anybody, made the device restart.
	test("Z12 a renewal of a chain of 9 beside long heads waits for room in XS, or fails, and others are served", async () => {
		const running = await start("http-01", "9");
		await running.whenChanged();
		let isOver = false;
		running.exit.then(() => {
			isOver = true;
		});
		let served = 0;
		const head = `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(2000)}\r\n\r\n`;
		const client = async () => {
			while (!isOver) {
				const each = await open(running.port, 0).catch(() => undefined);
				if ((await each?.ask(head)) === 200) served++;
				each?.close();
				if (each === undefined) await sleep(20);
			}
		};
		const clients = Array.from({ length: 8 }, client);
		try {
			await until(() => served > 50 || isOver, "heads are answered");
			await until(async () => isOver || (await running.post("/renew").catch(() => "")) !== "", "a renewal");
			const before = served;
			await until(() => served > before + 100 || isOver, "heads are answered beside it", 30_000);
		} finally {
			isOver = true;
			await Promise.all(clients);
		}
		expect(running.output).not.toContain("out of memory");
		expect((await running.stop()).code).toBe(0);
	});
});

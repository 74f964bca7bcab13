// A name in the memory of an ESP32-C3, and others who flood it. The figures are those of docs/discovery.md.

import { createSocket } from "node:dgram";
import { afterEach, expect, test } from "@jest/globals";
import { message, query, response, types } from "../../unit/discovery/dns";
import { freePort } from "../free-port";
import { visit } from "../identity/visit";
import { type NamedDevice, newFolder, newLabel, startNamed } from "./peers";

let device: NamedDevice | undefined;
afterEach(() => device?.stop());

const ofADevice = { variant: "device", platform: "esp32c3" } as const;

interface Memory {
	readonly block: { readonly free: number; readonly lowestFree: number };
	readonly heap: { readonly free: number; readonly lowestFree: number };
}

async function memoryOf({ port }: NamedDevice): Promise<Memory> {
	return JSON.parse((await visit(port, "GET", "/memory")).text).device;
}

/** The worst that can be said, in turns. */
function makeFlood(name: string): Uint8Array[] {
	const near = Array.from({ length: 60 }, () => ({ name: `${name.slice(0, -1)}y.local`, type: types.ANY }));
	const another = { name: `${name}.local`, type: types.A, data: "192.168.1.6" };
	const garbage = Uint8Array.from({ length: 1_472 }, (_, at) => (at * 2_654_435_761) >>> 24);
	return [
		message({ questions: near }),
		query(`${name}.local`, types.A, true),
		query("_https._tcp.local", types.PTR),
		garbage,
		Uint8Array.from([...query(`${name}.local`, types.A), ...garbage.subarray(0, 1_400)]),
		response(...Array.from({ length: 40 }, () => ({ ...another, name: "printer.local" }))),
		message({ questions: [{ name: `${name}.local`, type: types.ANY }], authorities: [another] }),
		response(another)
	];
}

test("Z15 Z12 a flood of all kinds: the server goes on, and what memory it takes is bounded", async () => {
	const label = newLabel();
	const alone = await startNamed(newLabel(), newFolder(), { silent: true, group: await freePort() }, ofADevice);
	const without = await memoryOf(alone);
	await alone.stop();
	const group = await freePort();
	const store = newFolder();
	device = await startNamed(label, store, { group }, ofADevice);
	await device.waitForLine(/^claimed /m, 30_000);
	const before = await memoryOf(device);
	const flood = makeFlood(label);
	const socket = createSocket("udp4");
	const { address } = device;
	let sent = 0;
	const sendSome = () => {
		for (let i = 0; i < 20; i++) socket.send(flood[sent++ % flood.length] as Uint8Array, group, address);
	};
	const timer = setInterval(sendSome, 10);
	let served = 0;
	const end = Date.now() + 10_000;
	while (Date.now() < end || served < 20) {
		expect((await visit(device.port)).text).toMatch(/local$/);
		served++;
	}
	clearInterval(timer);
	socket.close();
	const after = await memoryOf(device);
	console.log(
		[
			"Bytes of an ESP32-C3's memory, XS's block free and least, C's heap free and least",
			...Object.entries({ without, before, after }).map(
				([when, { block, heap }]) => `${when}: ${block.free} ${block.lowestFree}; ${heap.free} ${heap.lowestFree}`
			),
			`${sent} messages, ${served} visits`
		].join("\n")
	);
	expect(after.block.lowestFree).toBeGreaterThan(8_000);
	expect(device.output.match(/^certificate /gm)?.length ?? 0).toBeLessThanOrEqual(1);
});

// Z12: what has no room waits for others to give some back. As many clients as an ESP32-C3 has places send JSON at once, of
// which the memory takes two at a time: some were refused, though they had hardly waited.
import { beforeAll, expect, test } from "@jest/globals";
import { httpLimits } from "../../../../modules/platform/esp32c3/limits";
import { until } from "../../../deadline";
import { open, startSite } from "./client";

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	// Longer than the clients wait for an answer.
	({ port, stop } = await startSite("esp32c3", "memory-site", { memoryTimeout: 30_000 }));
});

test("Z12 600 bytes of JSON from as many clients as there are places: all are served", async () => {
	const content = JSON.stringify("x".repeat(598));
	const request = `POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: ${content.length}\r\n\r\n${content}`;
	for (let round = 0; round < 3; round++) {
		const clients = await Promise.all(Array.from({ length: httpLimits.maxConnections }, () => open(port)));
		// Half of each at first, so that all of them are there before one has an answer.
		const asked = clients.map(client => client.ask(request.slice(0, 300)));
		await new Promise(resolve => setTimeout(resolve, 200));
		for (const client of clients) void client.ask(request.slice(300));
		expect(await Promise.all(asked)).toEqual(clients.map(() => 200));
		for (const client of clients) client.close();
	}
});

test("Z12 two that hold a part of their content, and have no room for the rest: one is served, the other refused at once", async () => {
	// There is room for two parts and 1 kB: each part takes 4,608 bytes and itself, and the rest of one 2 kB more.
	const config = { memory: 20_480, maxConnections: 3, memoryTimeout: 30_000, busyBodyTimeout: 30_000 };
	const { port, stop } = await startSite("esp32c3", "memory-site", config);
	const watcher = await open(port);
	const memory = async (): Promise<{ used: number; refused: number }> => JSON.parse(await watcher.fetch("/memory"));
	const chunk = `400\r\n${"x".repeat(1024)}\r\n`;
	const head = "POST /text HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
	const clients = await Promise.all([open(port), open(port)]);
	const asked = clients.map(client => client.ask(head + chunk));
	await until(async () => (await memory()).used > 2 * (4608 + 1024), "both parts in the memory");
	expect((await memory()).refused).toBe(0);
	// Neither is served before the other has asked for more.
	void clients[0]?.ask(`${chunk}0\r\n\r\n`);
	await until(async () => (await memory()).refused > 0, "that one waits for room");
	expect(clients.map(({ text }) => text)).toEqual(["", ""]);
	void clients[1]?.ask(`${chunk}0\r\n\r\n`);
	expect((await Promise.all(asked)).sort()).toEqual([200, 503]);
	watcher.close();
	await stop();
});

test("Z12 nothing is charged once all have left", () => stop());

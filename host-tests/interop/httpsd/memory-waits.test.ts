// Z12: what has no room waits for others to give some back. As many clients as an ESP32-C3 has places send JSON at once, of
// which the memory takes two at a time: some were refused, though they had hardly waited.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { httpLimits } from "../../../modules/platform/esp32c3/limits";
import { type Desk, startDesk } from "../desk";
import { open } from "./memory-client";

let desk: Desk;
beforeAll(async () => {
	desk = startDesk({
		variant: "device",
		platform: "esp32c3",
		resources: ["build/identity"],
		main: "build/js/host-tests/programs/httpsd/memory-site.js"
	});
	await desk.waitForLine(/listening on (\d+)/);
});
afterAll(() => desk.stop());

test("Z12 600 bytes of JSON from as many clients as there are places: all are served", async () => {
	const port = Number(/listening on (\d+)/.exec(desk.output)?.[1]);
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

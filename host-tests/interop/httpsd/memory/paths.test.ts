// Z12: a path is taken apart before its route is known. One of 256 segments took 12 kB of slots and as much of chunks, which nothing is
// charged for: four clients that asked for such made an ESP32-C3 restart whose application has 43 kB.
import { expect, test } from "@jest/globals";
import { askAtOnce, startSite } from "./client";

test.each([
	["as many segments as a path may have", "/a".repeat(61), 200],
	["of which each is encoded", "/%41".repeat(61), 200],
	["more than it may have", "/a".repeat(250), 414]
])("Z12 an application of 47 kB outlives four paths with %s", async (_, path, status) => {
	const { port, stop } = await startSite("esp32c3", "memory-site", {
		kilobytes: 6,
		areWaiting: true,
		memoryTimeout: 60_000
	});
	const text = `GET /below${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
	expect(await askAtOnce(port, text, 4)).toEqual([status, status, status, status]);
	await stop();
});

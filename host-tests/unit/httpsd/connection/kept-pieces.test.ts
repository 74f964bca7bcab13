// Content that is there anyway costs nothing, also while its next piece is waited for: room for one was kept, so of as many clients as an
// ESP32-C3 has places the last was refused.
import { expect, test } from "@jest/globals";
import { httpLimits } from "../../../../modules/platform/esp32c3/limits";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const { maxConnections, memory, maxKeptHead, maxBufferedBody, readSize, coalesce, highWater } = httpLimits;
const piece = new ArrayBuffer(1024);

test.each([
	["little", 800],
	["all", 5744]
])("Z12 pieces of content that is kept, to clients that take %s: no room is held for the next", async (_, room) => {
	const server = serve({ maxConnections, memory, maxKeptHead, maxBufferedBody, readSize, coalesce, highWater });
	server.get("/", async (_request, response) => {
		for (let left = 5; left > 0 && !response.gone; left--) await response.write(piece, true);
		response.end();
	});
	const clients = await Promise.all(Array.from({ length: maxConnections }, connect));
	for (const client of clients) {
		client.accept(room);
		client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	}
	await settle();
	expect(server.memory.refused).toBe(0);
	expect(server.memory.peak).toBeLessThan(4 * 3600);
	for (const client of clients) {
		client.accept(100_000);
		await settle();
		expect(parse(client.take()).status).toBe(200);
	}
});

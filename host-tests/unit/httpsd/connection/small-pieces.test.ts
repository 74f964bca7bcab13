// Z12: pieces of up to 256 bytes were never refused, so a handler that did not wait for `write()` filled XS's block with them, each with an
// object of its own, for clients who read nothing: 200 of 160 bytes took 57 kB.
import { expect, test } from "@jest/globals";
import { httpLimits } from "../../../../modules/platform/esp32c3/limits";
import { settle } from "../fake-socket";
import { connect, serve } from "../harness";

const { maxConnections, memory, maxKeptHead, maxBufferedBody, readSize, coalesce, highWater, maxBacklog } = httpLimits;
const limits = { maxConnections, memory, maxKeptHead, maxBufferedBody, readSize, coalesce, highWater, maxBacklog };
const request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

test.each([
	["short", "x".repeat(160), false],
	["tiny", "x", false],
	["kept", new ArrayBuffer(1024), true]
] as const)("Z12 who writes %s pieces and does not wait is cut off, not what others have", async (_, piece, isKept) => {
	const server = serve(limits);
	server.get("/", (_request, response) => {
		for (let left = 4000; left > 0 && !response.gone; left--) response.write(piece, isKept);
		response.end();
	});
	const clients = await Promise.all(Array.from({ length: maxConnections }, connect));
	for (const client of clients) {
		client.accept(0);
		client.send(request);
		await settle();
	}
	expect([server.memory.peak <= memory, server.peers.length]).toEqual([true, 0]);
});

test("Z12 a client who takes all has all, however many pieces there are", async () => {
	const server = serve(limits);
	server.get("/", async (_request, response) => {
		for (let left = 400; left > 0; left--) await response.write("x".repeat(160));
		response.end();
	});
	const client = await connect();
	client.accept(1_000_000);
	client.send(request);
	for (let left = 40; left > 0; left--) await settle();
	expect(client.take().match(/x{160}/g)).toHaveLength(400);
});

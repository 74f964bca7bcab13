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
	["tiny", 1, false],
	["short", 160, false],
	["longer", 400, false],
	["long", 3000, false],
	["kept", 1024, true]
] as const)(
	"Z12 who writes %s pieces and does not wait is cut off, not what others have",
	async (_, length, isKept) => {
		const server = serve(limits);
		let [made, most] = [0, 0];
		server.get("/", (_request, response) => {
			const first = made;
			// Of the same content there is one.
			while (made - first < 4000 && !response.gone) response.write(`${made++}`.padStart(length), isKept);
			response.end();
			if (!isKept) most = Math.max(most, (made - first) * length);
		});
		const clients = await Promise.all(Array.from({ length: maxConnections }, connect));
		for (const client of clients) {
			client.accept(0);
			client.send(request);
			await settle();
		}
		expect(most).toBeLessThanOrEqual(memory);
		expect([server.memory.peak <= memory, server.peers.length]).toEqual([true, 0]);
	}
);

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

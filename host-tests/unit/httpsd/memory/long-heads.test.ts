// Z12: a head that comes in pieces is joined: XS is asked for that, since what slots have taken is there no more, whatever is charged.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Budget from "httpsd/memory/budget";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const readSize = 512;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A server in whose XS there is room for so many bytes of chunks. */
function makeServer(room: number) {
	const budget = new Budget(100_000, 0, 0, undefined, 0, (slots, chunks) => slots + chunks <= room);
	const server = serve({ readSize, ...{ budget } });
	server.get("/", (_, response) => response.send("good"));
	return server;
}

test.each([
	[0, 200],
	[1, 503]
])(
	"Z12 where XS has %d bytes less than a head in pieces is joined, cut and decoded in, it gets %d",
	async (short, status) => {
		const first = `GET / HTTP/1.1\r\nHost: a\r\nA: ${"a".repeat(400)}\r\n`;
		const server = makeServer(3 * (first.length + readSize) - short);
		const client = await connect();
		client.send(first);
		await settle();
		client.send("\r\n");
		await settle();
		expect([parse(client.take()).status, server.memory.refused]).toEqual([status, short]);
	}
);

test("Z12 a head in one piece is no question", async () => {
	makeServer(0);
	const client = await connect();
	client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	await settle();
	expect(parse(client.take()).status).toBe(200);
});

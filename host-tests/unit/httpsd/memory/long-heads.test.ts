// Z12: a head that comes in pieces is joined: XS is asked for that, since what slots have taken is there no more, whatever is charged.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Budget from "httpsd/memory/budget";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const readSize = 512;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A client of a server in whose XS there is room for so many bytes of chunks from then on. */
async function connectWith(room: number) {
	let left = Number.MAX_SAFE_INTEGER;
	const budget = new Budget(100_000, 0, 0, undefined, 0, (slots, chunks) => slots + chunks <= left);
	const server = serve({ readSize, ...{ budget } });
	server.get("/", (_, response) => response.send("good"));
	const client = await connect();
	left = room;
	return { server, client };
}

test.each([
	[0, 200],
	[1, 503]
])(
	"Z12 where XS has %d bytes less than a head in pieces is joined, cut and decoded in, it gets %d",
	async (short, status) => {
		const first = `GET / HTTP/1.1\r\nHost: a\r\nA: ${"a".repeat(400)}\r\n`;
		const { server, client } = await connectWith(3 * (first.length + readSize) - short);
		client.send(first);
		await settle();
		client.send("\r\n");
		await settle();
		expect([parse(client.take()).status, server.memory.refused]).toEqual([status, short]);
	}
);

test("Z12 a head in one piece is no question", async () => {
	const { client } = await connectWith(0);
	client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	await settle();
	expect(parse(client.take()).status).toBe(200);
});

// XS had room when it was granted and less when that was asked again, each time: the server turned in a circle and answered nobody any more.
const longLine = `/?${"a".repeat(600)} HTTP/1.1\r\n`;
const ofContent = "Host: a\r\nContent-Length: 4\r\n\r\n";
test.each([
	["more of a head", `GET ${longLine}`, "Host: a\r\n\r\n", 200],
	["content", `POST / HTTP/1.1\r\n${ofContent}`, "good", 200]
])(
	"Z12 room for %s that is granted, and is not there when it is used, is not waited for again",
	async (_, first, rest, status) => {
		let asked = 0;
		let isGranting = true;
		let isConnecting = true;
		const budget = new Budget(20_000, 0, 0, undefined, 0, slots => {
			if (++asked > 1000) throw new Error("Asked without end");
			return isConnecting || slots === 0 || (isGranting && /takeNow/.test(new Error().stack as string));
		});
		const server = serve({ readSize, ...{ budget } });
		for (const add of [server.get, server.post]) add.call(server, "/", (_, response) => void response.send("good"));
		const holder = await connect();
		const client = await connect();
		isConnecting = false;
		holder.send("GET");
		await settle();
		client.send(first);
		await settle();
		client.send(rest);
		await settle();
		expect(client.take()).toBe("");
		holder.leave();
		await settle();
		isGranting = false;
		expect([parse(client.take()).status, asked < 100]).toEqual([status, true]);
	}
);

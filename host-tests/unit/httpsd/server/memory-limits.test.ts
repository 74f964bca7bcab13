// Z12: for each kind of content there is a size up to which it is served, and one more byte is refused; nobody else is.
import { describe, expect, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { ask, parse, serve } from "../harness";
import { openSocket } from "../websocket/ws-client";
import { closeCodeIn, frame } from "../websocket/ws-frames";

const memory = 32_000;
const type = "Content-Type: application/x-www-form-urlencoded";

function makeServer() {
	const server = serve({ memory, maxConnections: 2, maxHeadBytes: 30_000, maxRequestLine: 30_000 });
	server.post("/text", async (request, response) => response.send(`${(await request.text()).length}`));
	server.post("/bytes", async (request, response) => response.send(`${(await request.bytes()).byteLength}`));
	server.post("/json", async (request, response) => response.json((await request.json([])) !== undefined));
	server.post("/form", async (request, response) => response.send(`${(await request.form()).size}`));
	server.get("/", (_, response) => response.send("good"));
	server.websocket("/ws", { message: (socket, data) => void socket.send(String(data).slice(0, 1)) });
	return server;
}

const post = (path: string, body: string, fields = "") =>
	ask(`POST ${path} HTTP/1.1\r\nHost: a\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`);
const status = async (answer: Promise<string>) => parse(await answer).status;
const chunked = (body: string) =>
	`POST /bytes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

async function message(size: number, opcode: number): Promise<number> {
	const client = await openSocket();
	client.send(frame(opcode, "x".repeat(size)));
	await settle();
	return closeCodeIn(client.take()) ?? 200;
}

const kinds: readonly (readonly [
	name: string,
	refusals: readonly number[],
	attempt: (size: number) => Promise<number>
])[] = [
	["text()", [413, 503], size => status(post("/text", "x".repeat(size)))],
	["bytes()", [413, 503], size => status(post("/bytes", "x".repeat(size)))],
	["bytes() of chunks", [413, 503], size => status(ask(chunked("x".repeat(size))))],
	["json() of numbers", [413, 503], size => status(post("/json", `[${"0,".repeat(size)}0]`))],
	["json() of objects", [413, 503], size => status(post("/json", `[${"{},".repeat(size)}0]`))],
	["form() of pairs", [413, 503], size => status(post("/form", "&a".repeat(size), `${type}\r\n`))],
	["form() of nothing", [413, 503], size => status(post("/form", "&".repeat(size), `${type}\r\n`))],
	["a head", [413, 503], size => status(ask(`GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(size)}\r\n\r\n`))],
	["a text message", [1009, 1013], size => message(size, 1)],
	["a binary message", [1009, 1013], size => message(size, 2)]
];

describe.each(kinds)("Z12 memory for %s", (_, refusals, attempt) => {
	test("up to a size it is served, one more is refused, and a good client never", async () => {
		let good = 0;
		let bad = memory;
		const server = makeServer();
		const tryIt = async (size: number) => {
			const result = await attempt(size);
			for (const peer of server.peers) peer.destroy();
			expect([200, ...refusals]).toContain(result);
			expect([await ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").then(parse)].map(each => each.body)).toEqual(["good"]);
			for (const peer of server.peers) peer.destroy();
			expect(server.memory.used).toBe(0);
			return result === 200;
		};
		while (bad - good > 1) {
			const middle = (good + bad) >> 1;
			if (await tryIt(middle)) good = middle;
			else bad = middle;
		}
		expect([good > 20, bad < memory]).toEqual([true, true]);
		expect([await tryIt(good - 1), await tryIt(good), await tryIt(good + 1)]).toEqual([true, true, false]);
		expect(server.memory.peak).toBeLessThanOrEqual(memory);
	});
});

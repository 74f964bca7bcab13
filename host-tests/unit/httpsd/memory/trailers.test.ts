// Z12: trailers come behind what a handler reads, or when it has answered already. What they hold is charged, and given back whatever becomes
// of the request.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const post = (path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n`;
const trailers = "a: b\r\n".repeat(20);
/** Of each line, and its four characters. */
const taken = 20 * (64 + 2 * 4);

function start() {
	const server = serve({ memory: 20_000 });
	server.post("/now", (_, response) => response.send("now"));
	server.post("/pieces", (_, response) => {
		response.write("n");
		response.end("ow");
	});
	server.post("/text", async (request, response) => response.send(await request.text()));
	return server;
}

test("Z12 trailers of a request that is read", async () => {
	const server = start();
	const client = await connect();
	client.send(post("/text"));
	await settle();
	const before = server.memory.used;
	client.send(trailers);
	await settle();
	expect(server.memory.used - before).toBe(taken);
	client.send("\r\n");
	await settle();
	expect(parse(client.take()).body).toBe("x");
	expect(server.memory.used).toBeLessThan(taken);
	client.leave();
	await settle();
	expect(server.memory.used).toBe(0);
});

test("Z12 trailers behind a response: they are charged until the next request, and not where the connection ends", async () => {
	for (const [path, isKept] of [
		["/pieces", true],
		["/now", false]
	] as const) {
		const server = start();
		const client = await connect();
		client.send(post(path) + trailers);
		await settle();
		expect(parse(client.take()).status).toBe(200);
		expect(server.memory.used > taken).toBe(isKept);
		client.send("\r\n");
		await settle();
		expect(server.memory.used).toBeLessThan(taken);
		client.leave();
		await settle();
		expect(server.memory.used).toBe(0);
	}
});

test("Z12 trailers of a client that leaves, and of one for which there is no room", async () => {
	const server = start();
	const client = await connect();
	client.send(post("/text") + trailers);
	await settle();
	expect(server.memory.used).toBeGreaterThan(taken);
	client.leave();
	await settle();
	expect(server.memory.used).toBe(0);
	const other = await connect();
	other.send(post("/text") + "a: b\r\n".repeat(63));
	const rest = await connect();
	rest.send(`${post("/text")}A: ${"b".repeat(900)}\r\n`);
	await settle();
	expect(server.memory.used).toBeLessThanOrEqual(20_000);
	for (const each of [other, rest]) each.leave();
	await settle();
	expect(server.memory.used).toBe(0);
});

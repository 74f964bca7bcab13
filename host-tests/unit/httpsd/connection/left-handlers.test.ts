// Z12: handlers that go on without their clients: no more are under way than places, and what they hold stays charged until they end.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Budget from "httpsd/memory/budget";
import { settle } from "../fake-socket";
import { ask, connect, parse, serve } from "../harness";

const get = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n";
const post = "POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";

/** Two places; handlers go on until `end` is called. @param xs what XS's block has room for: all, unless it says otherwise. */
function makeServer(xs = { hasRoom: true }) {
	const ends: (() => void)[] = [];
	const wait = () => new Promise<void>(resolve => void ends.push(resolve));
	const budget = new Budget(100_000, 0, 0, undefined, 0, () => xs.hasRoom);
	const server = serve({ maxConnections: 2, memoryTimeout: 2000, responseTimeout: 60_000, ...{ budget } });
	server.get("/wait", async (_, response) => {
		await wait();
		response.send("waited");
	});
	server.get("/never", () => new Promise(() => {}));
	server.get("/after", async (_, response) => {
		response.send("good");
		await wait();
	});
	server.post("/text", async request => {
		const text = await request.text();
		await wait();
		return text;
	});
	return { server, ends };
}

async function leave(text: string): Promise<void> {
	const client = await connect();
	client.send(text);
	await settle();
	client.leave();
	await settle();
}

describe("Z12 handlers whose clients have left", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("while there are as many as places a request waits, and begins when one ends", async () => {
		const { server, ends } = makeServer();
		await leave(get);
		await leave(get);
		expect(server.peers.length).toBe(0);
		const client = await connect();
		client.send(get);
		await settle();
		expect(ends.length).toBe(2);
		ends[0]?.();
		await settle();
		expect(ends.length).toBe(3);
		ends[2]?.();
		await settle();
		expect(parse(client.take()).status).toBe(200);
	});

	test("after memoryTimeout it is refused with 503 and Retry-After, and its connection ends", async () => {
		makeServer();
		await leave(get);
		await leave(get);
		const client = await connect();
		client.send(get.repeat(3));
		await settle();
		await jest.advanceTimersByTimeAsync(2100);
		const { status, headers } = parse(client.take());
		expect([status, headers["retry-after"], headers.connection]).toEqual([503, "1", "close"]);
	});

	test("a promise that never settles counts for responseTimeout and no longer", async () => {
		const { ends } = makeServer();
		await leave(get.replace("wait", "never"));
		await leave(get.replace("wait", "never"));
		await jest.advanceTimersByTimeAsync(59_000);
		expect((await ask(get)).length).toBe(0);
		await jest.advanceTimersByTimeAsync(1100);
		expect(ends.length).toBe(1);
	});

	test("handlers that go on behind their responses count, on one connection too", async () => {
		const { ends } = makeServer();
		const client = await connect();
		client.send(get.replace("wait", "after").repeat(4));
		await settle();
		expect([ends.length, client.take().match(/200 OK/g)?.length]).toEqual([2, 2]);
		for (const end of ends) end();
		await settle();
		expect([ends.length, client.take().match(/200 OK/g)?.length]).toEqual([4, 2]);
	});

	test("what they hold is charged until they end, but their places are free", async () => {
		const { server, ends } = makeServer();
		await leave(post + "x".repeat(1000));
		const { budget, memory } = server;
		expect([server.peers.length, budget.open, memory.used > 4608]).toEqual([0, 0, true]);
		ends[0]?.();
		await settle();
		expect([budget.open, budget.used]).toEqual([0, 0]);
	});

	test("without room in XS beside them no connection is accepted until they have ended", async () => {
		const xs = { hasRoom: true };
		const { server, ends } = makeServer(xs);
		await leave(get);
		xs.hasRoom = false;
		const client = await connect();
		expect(server.peers.length).toBe(0);
		xs.hasRoom = true;
		ends[0]?.();
		await settle();
		expect(server.peers.length).toBe(1);
		client.send(get);
		await settle();
		expect(ends.length).toBe(2);
	});

	test("nor until there is room again, which is looked for", async () => {
		const xs = { hasRoom: true };
		const { server } = makeServer(xs);
		await leave(get);
		xs.hasRoom = false;
		await connect();
		await jest.advanceTimersByTimeAsync(500);
		expect(server.peers.length).toBe(0);
		xs.hasRoom = true;
		await jest.advanceTimersByTimeAsync(200);
		expect(server.peers.length).toBe(1);
	});

	test("nor is a request answered, which is told so after memoryTimeout; without such handlers XS is not asked", async () => {
		const xs = { hasRoom: true };
		const { ends } = makeServer(xs);
		const clients = [await connect(), await connect()];
		xs.hasRoom = false;
		clients[0]?.send(get);
		await settle();
		clients[0]?.leave();
		clients[1]?.send(get);
		await settle();
		expect(ends.length).toBe(1);
		await jest.advanceTimersByTimeAsync(2100);
		expect(parse(clients[1]?.take() ?? "").status).toBe(503);
	});
});

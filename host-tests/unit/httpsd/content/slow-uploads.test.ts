// Z2: one client whose uploads trickle, each fast enough for `minRate`, must not keep all places for itself.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type Request from "httpsd/request";
import type Response from "httpsd/response";
import type { FakeClient } from "../fake-socket";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

describe("Z2 slow uploads over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	function start(options: object = {}) {
		const server = serve(options);
		server.get("/", (_, response) => response.send("x"));
		server.post("/", async (request: Request, response: Response) => {
			for await (const _ of request.body);
			response.send("done");
		});
	}

	async function open(count: number, head = post): Promise<FakeClient[]> {
		const clients: FakeClient[] = [];
		for (let i = 0; i < count; i++) {
			clients.push(await connect());
			clients[i]?.send(head);
		}
		return clients;
	}

	/** 200 bytes a second from each, for so many seconds. */
	async function trickle(clients: FakeClient[], seconds: number): Promise<void> {
		for (let second = 0; second < seconds; second++) {
			for (const client of clients) if (!client.closed) client.send(`c8\r\n${"x".repeat(200)}\r\n`);
			await settle();
			jest.advanceTimersByTime(1000);
			await settle();
		}
	}

	const closed = (clients: FakeClient[]) => clients.filter(client => client.closed).length;

	test("in all places: the next client is served after 10 s", async () => {
		start();
		const slow = await open(8);
		await trickle(slow, 5);
		const good = await connect();
		good.send(get);
		await trickle(slow, 4);
		expect([closed(slow), good.take()]).toEqual([0, ""]);
		await trickle(slow, 2);
		expect([closed(slow), parse(good.take()).body]).toEqual([1, "x"]);
	});

	test("that were refused go on, until one that pauses for purgeAfter has to make room", async () => {
		start();
		const slow = await open(8, post.replace("/ ", "/nowhere "));
		await trickle(slow, 5);
		expect(slow.map(client => [client.closed, parse(client.take()).status])).toEqual(Array(8).fill([false, 404]));
		const good = await connect();
		good.send(get);
		await trickle(slow, 1);
		expect([closed(slow), parse(good.take()).body]).toEqual([1, "x"]);
	});

	test("go on as long as no other waits, or another connection is idle", async () => {
		start();
		const slow = await open(7);
		const [browser] = await open(1, get);
		await trickle(slow, 30);
		const good = await connect();
		good.send(get);
		await trickle(slow, 2);
		expect([closed(slow), browser?.closed, parse(good.take()).body]).toEqual([0, true, "x"]);
		for (const client of slow) client.send("0\r\n\r\n");
		await settle();
		expect(slow.map(client => parse(client.take()).body)).toEqual(Array(7).fill("done"));
	});

	test("a request that has come whole keeps its place, however long its handler takes", async () => {
		const server = serve({ maxConnections: 1 });
		server.post("/", () => {});
		const [whole] = await open(1, `${post}0\r\n\r\n`);
		await connect();
		await trickle([], 30);
		expect(whole?.closed).toBe(false);
	});
});

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type Response from "httpsd/response";
import { FakeListener, settle } from "../fake-socket";
import { connect, parse, pass, serve } from "../harness";

const get = (path = "/") => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

describe("life cycle over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("B1 stop frees the port at once, lets requests finish, closes idle connections", async () => {
		const responses: Response[] = [];
		const server = serve();
		server.get("/", (_, response) => void responses.push(response));
		const [busy, idle] = [await connect(), await connect()];
		busy.send(get());
		let stopped = false;
		const promise = server.stop().then(() => {
			stopped = true;
		});
		expect(FakeListener.last.closed).toBe(true);
		await pass(0);
		expect([idle.closed, busy.closed]).toEqual([true, false]);
		expect(() => server.start()).toThrow(TypeError);
		await settle();
		expect(stopped).toBe(false);
		responses[0]?.send("done");
		await promise;
		expect(parse(busy.take())).toMatchObject({ body: "done", headers: { connection: "close" } });
		expect(busy.closed).toBe(true);
		server.start();
		expect(FakeListener.last.closed).toBe(false);
	});

	test("B1 stop aborts what is not finished at its deadline", async () => {
		const server = serve({ stopTimeout: 1000 });
		server.get("/", () => {});
		const client = await connect();
		client.send(get());
		const promise = server.stop();
		jest.advanceTimersByTime(999);
		expect(client.closed).toBe(false);
		jest.advanceTimersByTime(1);
		expect(client.closed).toBe(true);
		await promise;
	});

	test("B1 stop does not wait for the rest of a head", async () => {
		const server = serve();
		const client = await connect();
		client.send("GET / HTTP/1.1\r\nHost:");
		const promise = server.stop();
		expect(client.closed).toBe(true);
		await promise;
	});

	test("B8 all seven events come, with their data", async () => {
		const events: unknown[] = [];
		const server = serve();
		await server.stop();
		for (const name of ["start", "connected", "data", "sent", "error", "disconnected", "stop"] as const)
			server.on(name, (event: object) =>
				events.push([name, "peer" in event ? (event.peer as { id: number }).id : 0, "bytes" in event ? event.bytes : 0])
			);
		server.get("/", (_, response) => response.send("x"));
		server.get("/bad", () => {
			throw new Error("secret");
		});
		server.start();
		const client = await connect();
		client.send(get());
		const sent = client.take().length;
		client.send(get("/bad"));
		const failure = client.take();
		client.leave();
		await server.stop();
		expect(failure).not.toContain("secret");
		expect(parse(failure)).toMatchObject({ status: 500, body: "500 Internal Server Error\n" });
		const [size, sizeBad] = [get().length, get("/bad").length];
		expect(events).toEqual([
			["start", 0, 0],
			["connected", 1, 0],
			["sent", 1, sent],
			["data", 1, size],
			["error", 1, 0],
			["sent", 1, failure.length],
			["data", 1, sizeBad],
			["disconnected", 1, 0],
			["stop", 0, 0]
		]);
	});

	test("B10 a connection over maxConnections takes the place of the one idle for longest, never of a busy one", async () => {
		const limits = { purgeAfter: 499, busyHeadTimeout: 1, headTimeout: 60_000, responseTimeout: 60_000 };
		const server = serve({ maxConnections: 3, ...limits });
		server.get("/", (_, response) => response.send("x"));
		server.get("/slow", () => {});
		const clients = [await connect(), await connect(), await connect()] as const;
		clients[0].send(get("/slow"));
		clients[1].send(get());
		jest.advanceTimersByTime(100);
		clients[2].send(get());
		const fourth = await connect();
		expect([server.peers.length, clients.map(client => client.closed)]).toEqual([3, [false, false, false]]);
		await pass(500);
		expect(clients.map(client => client.closed)).toEqual([false, true, false]);
		fourth.send(get());
		expect(parse(fourth.take()).body).toBe("x");
		const fifth = await connect();
		await pass(10_000);
		expect(clients.map(client => client.closed)).toEqual([false, true, true]);
		expect(fifth.server).toBeDefined();
	});
});

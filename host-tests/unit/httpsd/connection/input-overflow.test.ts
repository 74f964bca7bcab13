// More than `maxAhead` bytes behind a request that takes long hide that the client has left, but not for long.

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type Request from "httpsd/request";
import type Response from "httpsd/response";
import type Server from "httpsd/server";
import { type FakeClient, settle } from "../fake-socket";
import { connect, serve } from "../harness";

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const post = (length: number) => `POST /long HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;

describe("more than maxAhead bytes behind a request in progress, over a fake listener", () => {
	let server: Server;
	let request: Request;
	let response: Response;
	beforeEach(() => {
		jest.useFakeTimers();
		server = serve({ maxLinger: 20_000, readSize: 4096 });
		server.handle("*", "/:kind", (asked, answer) => {
			request = asked;
			response = answer;
			if (asked.path === "/long") void answer.write("x");
		});
	});
	afterEach(() => void jest.useRealTimers());

	async function crowd(head: string, bytes: number): Promise<FakeClient> {
		const client = await connect();
		client.send(head);
		client.send("x".repeat(bytes));
		return client;
	}

	test.each(["/long", "/later"])("B5 that the client left behind them is noticed in time, %s", async path => {
		const client = await crowd(get(path), 9000);
		client.leave();
		jest.advanceTimersByTime(1900);
		await settle();
		expect([response.gone, client.closed]).toEqual([false, false]);
		jest.advanceTimersByTime(200);
		await settle();
		expect([response.gone, client.closed, server.peers]).toEqual([true, true, []]);
	});

	test("a client that stays gets its response, and the connection lingers and ends with it", async () => {
		const client = await crowd(get("/later"), 9000);
		jest.advanceTimersByTime(2100);
		client.send("more");
		expect(client.available).toBe(0);
		response.send("done");
		expect(client.take()).toMatch(/connection: close[\s\S]*done$/);
		client.send("more");
		expect([client.available, client.closed]).toEqual([0, false]);
		jest.advanceTimersByTime(2000);
		expect(client.closed).toBe(true);
	});

	test("a response that had promised to keep the connection ends it all the same", async () => {
		const client = await crowd(get("/long"), 9000);
		jest.advanceTimersByTime(2100);
		response.end();
		jest.advanceTimersByTime(2000);
		expect([client.take().endsWith("0\r\n\r\n"), client.closed]).toEqual([true, true]);
	});

	test("requests that wait for less are answered, and more than maxLinger bytes cut the connection off", async () => {
		const client = await crowd(get("/later") + get("/long").repeat(300), 0);
		jest.advanceTimersByTime(1900);
		response.send("first");
		await settle();
		response.end("second");
		expect(client.take()).toMatch(/first[\s\S]*second/);
		const flood = await crowd(get("/later"), 9000);
		jest.advanceTimersByTime(2100);
		flood.send("x".repeat(20_000));
		jest.advanceTimersByTime(10);
		expect(flood.closed).toBe(true);
	});

	test("content waits for its reader; in a response that has begun, for responseTimeout", async () => {
		const client = await crowd(post(9000), 9000);
		jest.advanceTimersByTime(59_000);
		expect(await request.body.read()).toHaveProperty("byteLength", 4096);
		jest.advanceTimersByTime(59_000);
		expect(client.closed).toBe(false);
		jest.advanceTimersByTime(2000);
		expect([client.closed, response.gone]).toEqual([true, true]);
	});

	test("an upgrade behind which bytes were discarded is refused", async () => {
		await crowd(get("/later").replace("Host", "Connection: upgrade\r\nUpgrade: a\r\nHost"), 9000);
		jest.advanceTimersByTime(2100);
		expect(() => response.upgrade("a")).toThrow(expect.objectContaining({ code: "AHEAD" }));
	});
});

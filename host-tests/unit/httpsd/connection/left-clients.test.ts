// A socket tells the end of its connection only once all that came before it has been read.

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type Response from "httpsd/response";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

describe("clients that leave behind unread bytes, over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("B11 an event stream whose client sent a byte behind its request and left gives its place to the next", async () => {
		let ended = 0;
		const server = serve({ maxConnections: 1 });
		server.events("/events", () => {}, { close: () => ended++ });
		server.get("/", (_, response) => response.send("x"));
		const client = await connect();
		client.send(get("/events"));
		client.send("x");
		client.leave();
		await settle();
		const next = await connect();
		next.send(get("/"));
		expect([ended, client.closed, parse(next.take()).body]).toEqual([1, true, "x"]);
	});

	test("B5 response.gone is true when the client left behind unread bytes, before the response has begun and within it", async () => {
		const responses: Response[] = [];
		const server = serve();
		server.get("/later", (_, response) => void responses.push(response));
		server.get("/long", (_, response) => {
			responses.push(response);
			void response.write("x");
		});
		for (const path of ["/later", "/long"]) {
			const client = await connect();
			client.send(get(path));
			client.send(get("/next"));
			await settle();
			client.leave();
			await settle();
		}
		expect([responses.map(response => response.gone), server.peers]).toEqual([[true, true], []]);
	});

	test("what was read ahead is used: the next request, and the content of one whose client has left", async () => {
		const texts: string[] = [];
		let go = () => {};
		const server = serve();
		server.get("/", (request, response) => response.send(request.search));
		server.get("/later", (_, response) => {
			go = () => response.send("later");
		});
		server.post("/", async request => {
			await new Promise<void>(resolve => {
				go = resolve;
			});
			texts.push(await request.text());
		});
		const client = await connect();
		client.send(get("/later"));
		client.drip(get("/?next"));
		go();
		await settle();
		expect(client.take()).toMatch(/\r\n\r\nlaterHTTP[\s\S]*\r\n\r\nnext$/);
		client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
		await settle();
		client.drip("hello");
		client.leave();
		await settle();
		expect(client.closed).toBe(true);
		go();
		await settle();
		expect(texts).toEqual(["hello"]);
	});

	test("content is not dropped when the client's turn is over", async () => {
		let text: Promise<string> | undefined;
		serve({ bytesPerTurn: 80 }).post("/", (request, response) => {
			setTimeout(() => {
				text = request.text();
				void text.then(response.send.bind(response));
			}, 1000);
		});
		const client = await connect();
		client.send(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n`);
		client.send("x".repeat(50));
		client.leave();
		await settle();
		jest.advanceTimersByTime(1000);
		expect([client.closed, await text]).toEqual([true, "x".repeat(50)]);
	});

	test("chunks of a byte that came before the end are given to the handler though the turn was over", async () => {
		let text: Promise<string> | undefined;
		let go = () => {};
		serve().post("/", request => {
			go = () => {
				text = request.text();
			};
		});
		const client = await connect();
		client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
		client.send(`${"1\r\nx\r\n".repeat(600)}0\r\n\r\n`);
		client.leave();
		await settle();
		go();
		expect([client.closed, await text]).toEqual([true, "x".repeat(600)]);
	});

	test("maxAhead bytes are read behind a request in progress; more wait, and behind an event stream end it", async () => {
		const server = serve({ maxAhead: 100 });
		server.get("/later", () => {});
		server.events("/events", () => {});
		for (const [path, n, left, closed] of [
			["/later", 100, 0, false],
			["/later", 101, 101, false],
			["/events", 100, 0, false],
			["/events", 101, 101, true]
		] as const) {
			const client = await connect();
			client.send(get(path));
			client.send("x".repeat(n));
			expect([path, client.available, client.closed]).toEqual([path, left, closed]);
		}
	});

	test("a socket that throws when its peer has left, as the SDK's does, ends the connection", async () => {
		const errors: unknown[] = [];
		const server = serve();
		server.on("error", ({ error }) => errors.push(error));
		server.get("/", (_, response) => {
			client.send("x".repeat(10_000));
			client.broken = true;
			response.send("x");
		});
		const client = await connect();
		client.send(get("/"));
		expect([client.closed, server.peers, errors]).toEqual([true, [], []]);
	});
});

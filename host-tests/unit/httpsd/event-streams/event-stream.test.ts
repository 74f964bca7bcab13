import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type EventStream from "httpsd/event-stream";
import { encodeComment, encodeEvent, type ServerEvent } from "httpsd/event-streams/format";
import type { EventsOptions } from "httpsd/event-streams/source";
import type { Limits } from "httpsd/limits";
import { settle } from "../fake-socket";
import { connect, serve } from "../harness";

test.each<[string, ServerEvent, string]>([
	["data", { data: "a" }, "data: a\n\n"],
	["empty data", { data: "" }, "data: \n\n"],
	["lines, however they end", { data: "a\nb\rc\r\nd" }, "data: a\ndata: b\ndata: c\ndata: d\n\n"],
	["a line end at the end", { data: "a\n" }, "data: a\ndata: \n\n"],
	["a colon or space first", { data: " :a" }, "data:  :a\n\n"],
	["all fields", { data: "a", event: "e", id: "1", retry: 10 }, "event: e\nid: 1\nretry: 10\ndata: a\n\n"],
	["an id that forgets", { data: "a", id: "" }, "id: \ndata: a\n\n"]
])("events are written by lines: %s", (_, event, text) => expect(encodeEvent(event)).toBe(text));

test("nothing in an event can begin another", () => {
	for (const end of ["\n", "\r", "\r\n", "\0"]) {
		expect(() => encodeEvent({ data: "", event: `a${end}b` })).toThrow(TypeError);
		expect(() => encodeEvent({ data: "", id: `a${end}b` })).toThrow(TypeError);
	}
	for (const retry of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
		expect(() => encodeEvent({ data: "", retry })).toThrow(RangeError);
	expect(encodeComment("a\r\rdata: b")).toBe(": a\n: \n: data: b\n\n");
});

const request = (fields = "", method = "GET") => `${method} /events HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;

/** What came, without the head and the framing of chunks. */
const unchunk = (received: string) =>
	received.slice(received.indexOf("\r\n\r\n") + 4 || 0).replace(/[0-9a-f]+\r\n([\s\S]*?)\r\n/g, "$1");

describe("event streams over a fake listener", () => {
	let closed: number;
	const start = async (options: EventsOptions = {}, fields = "", method = "GET", limits: Partial<Limits> = {}) => {
		const streams: EventStream[] = [];
		closed = 0;
		const server = serve({ highWater: 100, maxBacklog: 300, eventKeepAlive: 1000, writeTimeout: 500, ...limits });
		server.events("/events", stream => streams.push(stream), { close: () => closed++, ...options });
		const client = await connect();
		client.send(request(fields, method));
		await settle();
		return { server, client, streams, stream: streams[0] as EventStream };
	};
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("head and retry go out at once, events later, Last-Event-ID is known", async () => {
		const { client, stream } = await start({ retry: 500 }, "Last-Event-ID: 41\r\n");
		const received = client.take();
		expect(received).toMatch(
			/^HTTP\/1.1 200 OK\r\n(.*\r\n)*content-type: text\/event-stream\r\ncache-control: no-store\r\n/
		);
		expect([unchunk(received), stream.lastEventId]).toEqual(["retry: 500\n\n", "41"]);
		expect([stream.send("a"), stream.send({ data: "b", id: "42" })]).toEqual([true, true]);
		expect(unchunk(`\r\n\r\n${client.take()}`)).toBe("data: a\n\nid: 42\ndata: b\n\n");
	});

	test("a comment keeps a silent stream alive", async () => {
		const { client } = await start();
		client.take();
		jest.advanceTimersByTime(999);
		expect(client.take()).toBe("");
		jest.advanceTimersByTime(1001);
		expect(unchunk(`\r\n\r\n${client.take()}`)).toBe(": \n\n: \n\n");
	});

	test("a slow client: send returns false, writable is called, and more than maxBacklog cuts it off", async () => {
		let writable = 0;
		const { client, stream } = await start({ writable: () => writable++ });
		client.accept(0);
		expect([stream.send("x".repeat(50)), stream.send("x".repeat(50)), writable]).toEqual([true, false, 0]);
		client.accept(1000);
		expect([stream.bufferedAmount, writable]).toEqual([0, 1]);
		client.accept(0);
		for (let count = 0; count < 6; count++) stream.send("x".repeat(50));
		expect([client.closed, closed, stream.isOpen, stream.send("x"), stream.bufferedAmount]).toEqual([
			true,
			1,
			false,
			false,
			0
		]);
	});

	// The timer kept what was left of the stream for `eventKeepAlive`, 3 kB of an ESP32-C3's memory for each.
	test("Z12 a stream that is cut off for lack of memory leaves no timer behind", async () => {
		const { server, client, streams, stream } = await start({}, "", "GET", {
			memory: 8192,
			maxConnections: 2,
			maxLongLived: 2
		});
		const other = await connect();
		other.send(request());
		await settle();
		client.accept(0);
		const set = jest.spyOn(server.deadlines, "set");
		expect([stream.send("x".repeat(20_000)), client.closed, closed]).toEqual([false, true, 1]);
		// That of the connection, which its end has cleared.
		expect(set.mock.calls.map(([who]) => who.constructor.name)).toEqual(["Connection"]);
		expect([other.closed, streams.length]).toEqual([false, 2]);
	});

	test("a client that leaves, one that reads nothing, and close(): close is called once", async () => {
		const left = await start();
		left.client.leave();
		expect([closed, left.stream.send("x"), left.stream.comment()]).toEqual([1, false, false]);
		const mute = await start();
		mute.client.accept(0);
		mute.stream.send("x");
		jest.advanceTimersByTime(500);
		expect([closed, mute.client.closed]).toEqual([1, true]);
		const ended = await start();
		ended.client.take();
		ended.stream.close();
		ended.stream.close();
		expect([closed, ended.client.take(), ended.client.closed]).toEqual([1, "0\r\n\r\n", false]);
		ended.client.send(request());
		expect(ended.client.take()).toMatch(/^HTTP\/1.1 200 /);
	});

	test("B1 stop ends streams at once", async () => {
		const { server, client } = await start();
		client.take();
		await server.stop();
		expect([closed, client.take(), client.closed]).toEqual([1, "0\r\n\r\n", true]);
	});

	test("HEAD has the fields and no stream", async () => {
		const { client, stream } = await start({}, "", "HEAD");
		expect(client.take()).toMatch(/content-type: text\/event-stream/);
		expect([stream, closed]).toEqual([undefined, 0]);
	});
});

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { defaultLimits } from "httpsd/limits";
import type Server from "httpsd/server";
import type WebSocket from "httpsd/websocket";
import { FakeListener, settle } from "../fake-socket";
import { connect, pass, serve } from "../harness";
import { opening, openSocket } from "./ws-client";
import { closeCodeIn, closeFrame, serverFrames } from "./ws-frames";

const limits = { highWater: 1000, maxBacklog: 3000, closeTimeout: 300, writeTimeout: 700 };

function start(options: Parameters<Server["websocket"]>[1] = {}, more: object = {}) {
	const server = serve({ ...limits, ...more });
	const sockets: WebSocket[] = [];
	const ends: number[] = [];
	const close = (_: WebSocket, code: number) => ends.push(code);
	const endpoint = server.websocket("/ws", { open: socket => sockets.push(socket), close, ...options });
	return { server, endpoint, sockets, ends };
}

const contents = (received: string) => serverFrames(received).map(({ content }) => content);

describe("Z8 WebSocket: broadcast and life cycle", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("Z2 broadcast to all, to a topic, but one; each gets the same buffer", async () => {
		const { endpoint, sockets } = start();
		const clients = [await openSocket(), await openSocket(), await openSocket()];
		const written: unknown[] = [];
		for (const { server } of clients) {
			const write = server?.write.bind(server);
			if (server)
				server.write = bytes => {
					written.push(bytes);
					return write?.(bytes) ?? 0;
				};
		}
		sockets[1]?.subscribe("news");
		sockets[2]?.subscribe("news");
		const received = () => clients.map(client => contents(client.take()));
		expect([endpoint.broadcast("a"), received()]).toEqual([3, [["a"], ["a"], ["a"]]]);
		expect(new Set(written).size).toBe(1);
		expect([endpoint.broadcast("b", { topic: "news" }), received()]).toEqual([2, [[], ["b"], ["b"]]]);
		expect([endpoint.broadcast("c", { except: sockets[0] as WebSocket }), received()]).toEqual([2, [[], ["c"], ["c"]]]);
		sockets[2]?.unsubscribe("news");
		sockets[1]?.close();
		expect([endpoint.broadcast("d", { topic: "news" }), received()[2]]).toEqual([0, []]);
	});

	test.each([-1, 0, 1, 5000])(
		"Z12 a broadcast of %d bytes beyond the longest that is copied comes whole",
		async more => {
			const { endpoint } = start();
			const clients = [await openSocket(), await openSocket()];
			const text = "ü".repeat(defaultLimits.coalesce + more);
			const bytes = new Uint8Array(defaultLimits.coalesce + more).fill(0x61);
			expect([endpoint.broadcast(text), endpoint.broadcast(bytes)]).toEqual([2, 2]);
			for (const client of clients) {
				const [first, second] = contents(client.take());
				expect(Buffer.from(first ?? "", "latin1").toString()).toBe(text);
				expect(second).toBe("a".repeat(bytes.length));
			}
		}
	);

	test("Z12 of a long text that is broadcast no copy is made for those who do not take it", async () => {
		const { endpoint } = start();
		const [slow, slower] = [await openSocket(), await openSocket()];
		slow.accept(0);
		slower.accept(0);
		const encode = jest.spyOn(ArrayBuffer, "fromString");
		expect(endpoint.broadcast("x".repeat(50_000))).toBe(2);
		const longest = Math.max(...encode.mock.calls.map(([text]) => text.length));
		encode.mockRestore();
		expect(longest).toBe(defaultLimits.coalesce);
	});

	test("Z2 a client that reads nothing does not delay a broadcast to the others", async () => {
		const { endpoint, ends } = start();
		const [slow, quick] = [await openSocket(), await openSocket()];
		slow.accept(0);
		const counts = Array.from({ length: 10 }, () => endpoint.broadcast("x".repeat(900)));
		expect(counts).toEqual([2, 2, 2, 2, 1, 1, 1, 1, 1, 1]);
		expect([contents(quick.take()).length, endpoint.clients.size, ends]).toEqual([10, 1, [1013]]);
		jest.advanceTimersByTime(700);
		expect(slow.closed).toBe(true);
	});

	test("B10 a live WebSocket is never replaced by a new connection; an idle connection is", async () => {
		const { server } = start({}, { maxConnections: 2, purgeAfter: 10, busyHeadTimeout: 10 });
		server.get("/", (_, response) => response.send("x"));
		const socket = await openSocket();
		const idle = await connect();
		idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		jest.advanceTimersByTime(20);
		const newcomer = await connect();
		await pass(0);
		expect([socket.closed, idle.closed, newcomer.closed]).toEqual([false, true, false]);
		await connect();
		await pass(0);
		expect([socket.closed, server.peers.length]).toEqual([false, 2]);
	});

	test("B1 stop closes WebSockets with 1001 and waits for their answers", async () => {
		const { server, ends } = start();
		const [polite, mute] = [await openSocket(), await openSocket()];
		let stopped = false;
		const promise = server.stop().then(() => {
			stopped = true;
		});
		expect([closeCodeIn(polite.take()), closeCodeIn(mute.take()), FakeListener.last.closed]).toEqual([
			1001,
			1001,
			true
		]);
		polite.send(closeFrame(1001));
		await settle();
		expect([polite.closed, mute.closed, stopped]).toEqual([true, false, false]);
		jest.advanceTimersByTime(300);
		await promise;
		expect(ends).toEqual([1001, 1006]);
	});

	test("an upgrade that ends asynchronously, or after the client has left", async () => {
		const server = serve();
		const endpoint = server.websocket("/ws", {});
		server.use("/ws", () => Promise.resolve(false));
		const client = await openSocket();
		client.send(closeFrame(1000));
		expect(closeCodeIn(client.take())).toBe(1000);
		const gone = await connect();
		gone.send(opening());
		gone.leave();
		await settle();
		expect([gone.take(), endpoint.clients.size]).toEqual(["", 0]);
	});
});

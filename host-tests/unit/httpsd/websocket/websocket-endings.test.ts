// Z12: a listener that hears of one end and sends to others, which end by it, is called once at a time: calls within each
// other would be too many for XS's stack.
import { describe, expect, test } from "@jest/globals";
import OneByOne from "httpsd/async/one-by-one";
import type EventStream from "httpsd/event-stream";
import { settle } from "../fake-socket";
import { connect, serve } from "../harness";
import { openSocket } from "./ws-client";

const count = 40;

/** How deep calls of `told` are within each other. */
function depthOf(told: () => void) {
	const depth = { now: 0, most: 0, calls: 0 };
	const call = () => {
		depth.calls++;
		depth.most = Math.max(depth.most, ++depth.now);
		told();
		depth.now--;
	};
	return { depth, call };
}

describe("Z12 many ends at once", () => {
	test("WebSockets that read nothing, each of which is closed by what is told of another", async () => {
		const server = serve({ maxConnections: count, maxLongLived: count, maxBacklog: 1000 });
		const { depth, call } = depthOf(() => void endpoint.broadcast("x".repeat(1500)));
		const endpoint = server.websocket("/ws", { close: call });
		const clients = await Promise.all(Array.from({ length: count }, () => openSocket()));
		for (const client of clients) client.accept(0);
		endpoint.broadcast("x".repeat(1500));
		clients[0]?.leave();
		await settle();
		expect([depth.calls, depth.most, endpoint.clients.size]).toEqual([count, 1, 0]);
	});

	test("event streams likewise, and WebSockets whose TCP fails when it is written to", async () => {
		const streams = new Set<EventStream>();
		const server = serve({ maxConnections: 2 * count, maxLongLived: 2 * count });
		const { depth, call } = depthOf(() => {
			for (const stream of streams) stream.send("gone");
			endpoint.broadcast("gone");
		});
		const closed = (stream: EventStream) => {
			streams.delete(stream);
			call();
		};
		server.events("/events", stream => void streams.add(stream), { close: closed });
		const endpoint = server.websocket("/ws", { close: call });
		const clients = await Promise.all(Array.from({ length: count }, () => openSocket()));
		for (let index = 0; index < count; index++) {
			const client = await connect();
			client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
			clients.push(client);
		}
		await settle();
		for (const client of clients) client.broken = true;
		clients[count]?.leave();
		await settle();
		expect([depth.calls, depth.most]).toEqual([2 * count, 1]);
	});

	test("what waits is called behind, and what it throws is its own", async () => {
		const endings = new OneByOne();
		const seen: unknown[] = [];
		const later: unknown[] = [];
		const result = endings.run(() => {
			later.push(endings.run(() => seen.push("second")));
			later.push(
				endings.run(() => {
					throw new Error("own");
				})
			);
			seen.push("first");
			return 5;
		});
		expect([result, seen, await later[0]]).toEqual([5, ["first", "second"], 2]);
		await expect(later[1]).rejects.toThrow("own");
	});
});

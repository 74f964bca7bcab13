// WebSockets and event streams in all places would keep every page from loading: they have a share, and beyond it 503.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { ServerOptions } from "httpsd/server";
import { takeLimits } from "httpsd/server/take-limits";
import { type FakeClient, FakeListener, settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";
import { opening } from "../websocket/ws-client";

const get = (path: string, fields = "") => `GET ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;
const kinds = {
	websocket: opening(),
	events: get("/events"),
	upgrade: get("/raw", "Connection: upgrade\r\nUpgrade: shout\r\n"),
	stream: get("/camera")
};

function site(options: Partial<ServerOptions> = {}) {
	const server = serve(options);
	server.get("/", (_, response) => response.send("page"));
	server.websocket("/ws", {});
	server.events("/events", stream => stream.send("x"));
	server.get("/raw", (_, response) => response.upgrade("shout")?.attach({ process() {}, stop() {}, closed() {} }));
	server.get("/camera", (_, response) => response.longLived().write("picture"));
	return server;
}

async function open(text: string): Promise<{ status: number; headers: Record<string, string>; client: FakeClient }> {
	const client = await connect();
	client.send(text);
	await settle();
	return { ...parse(client.take()), client };
}

test.each(Object.entries(kinds))(
	"8 places, %s: six are let in, the seventh gets 503, and a page still loads",
	async (_, text) => {
		site({ maxConnections: 8 });
		const statuses: number[] = [];
		for (let count = 0; count < 6; count++) statuses.push((await open(text)).status);
		expect(new Set(statuses).size).toBe(1);
		expect([101, 200]).toContain(statuses[0]);
		const seventh = await open(text);
		expect([seventh.status, seventh.headers["retry-after"]]).toEqual([503, "1"]);
		expect((await open(get("/"))).status).toBe(200);
	}
);

test("a client whose WebSocket was refused keeps no place; one whose event stream was has its connection for pages", async () => {
	const server = site({ maxLongLived: 1 });
	server.websocket("/own", { origin: [] });
	await open(kinds.events);
	for (const refused of [kinds.websocket, opening({ Origin: "https://other" }).replace("/ws", "/own")]) {
		const { client, headers, status } = await open(refused);
		expect([status >= 403, headers.connection, client.closed]).toEqual([true, "close", true]);
	}
	const stream = await open(kinds.events);
	expect(stream.status).toBe(503);
	stream.client.send(get("/"));
	expect(parse(stream.client.take()).body).toBe("page");
	const page = await open(get("/ws"));
	expect([page.status, page.headers.connection]).toEqual([426, "upgrade"]);
});

describe("the share", () => {
	test("is given back when one ends, whichever way", async () => {
		const server = site({ maxLongLived: 1 });
		const streams: { close(): void }[] = [];
		server.events("/closed", stream => void streams.push(stream));
		for (const text of Object.values(kinds)) {
			const { client, status } = await open(text);
			expect([101, 200]).toContain(status);
			expect((await open(kinds.websocket)).status).toBe(503);
			client.leave();
			await settle();
		}
		await open(get("/closed"));
		streams[0]?.close();
		expect((await open(kinds.websocket)).status).toBe(101);
	});

	test("is three quarters of the places, at least one, or what is asked for", () => {
		const shares = [1, 2, 3, 4, 5, 8, 64].map(maxConnections => takeLimits({ maxConnections }).limits.maxLongLived);
		expect(shares).toEqual([1, 1, 2, 3, 3, 6, 48]);
		expect(takeLimits({ maxConnections: 8, maxLongLived: 8 }).limits.maxLongLived).toBe(8);
	});
});

describe("where those without end have all places", () => {
	const wait = async (ms: number) => {
		jest.advanceTimersByTime(ms);
		await settle();
	};
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test.each(Object.entries(kinds))(
		"the one of the only place gives way to a page after a while: %s",
		async (_, text) => {
			const server = site({ maxConnections: 1, busyBodyTimeout: 2000 });
			const { client } = await open(text);
			const page = FakeListener.last.connect();
			page.send(get("/"));
			await wait(1900);
			expect([client.closed, page.take()]).toEqual([false, ""]);
			await wait(600);
			expect([client.closed, parse(page.take()).body]).toEqual([true, "page"]);
			page.leave();
			await wait(0);
			expect(server.memory.used).toBe(0);
		}
	);

	test("nobody gives way where nobody waits, or a place is left for pages", async () => {
		const server = site({ maxConnections: 2, busyBodyTimeout: 2000 });
		server.get("/never", () => new Promise(() => {}));
		const { client } = await open(kinds.websocket);
		await wait(20_000);
		const busy = await connect();
		busy.send(get("/never"));
		const next = FakeListener.last.connect();
		next.send(get("/"));
		await wait(5000);
		expect([client.closed, busy.closed, next.take()]).toEqual([false, false, ""]);
	});
});

test("a response that closes the connection says so, though the client would keep it", async () => {
	const server = site();
	server.post("/restart", (_, response) => response.closeConnection().send("restarting"));
	server.post("/late", (_, response) => {
		void response.write("a");
		response.closeConnection().end("b");
	});
	const { headers, client } = await open(get("/restart", "Content-Length: 0\r\n").replace("GET", "POST"));
	expect([headers.connection, client.closed]).toEqual(["close", true]);
	const late = await open(get("/late", "Content-Length: 0\r\n").replace("GET", "POST"));
	expect([late.headers.connection, late.client.closed]).toEqual([undefined, true]);
});

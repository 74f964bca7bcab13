import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { FakeListener, settle } from "../fake-socket";
import { pass, serve } from "../harness";

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

/** A new connection, once another has made room for it, if it has to: that takes two turns. */
async function from(address: string) {
	const client = FakeListener.last.connect(address);
	await settle();
	await pass(10);
	return client;
}

describe("connections of one address, over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("B10 one more takes the place of the address's own idle one, and no other's", async () => {
		const server = serve({ maxPerAddress: 2 });
		server.get("/", (_, response) => response.send("x"));
		server.get("/slow", () => {});
		const codes: unknown[] = [];
		server.on("error", ({ error, remoteAddress }) => codes.push((error as { code?: string }).code, remoteAddress));
		const other = await from("192.0.2.9");
		const [first, second] = [await from("192.0.2.1"), await from("192.0.2.1")];
		other.send(get("/"));
		first.send(get("/slow"));
		second.send(get("/"));
		const third = await from("192.0.2.1");
		expect([other, first, second, third].map(client => client.closed)).toEqual([false, false, true, false]);
		third.send(get("/slow"));
		const fourth = await from("192.0.2.1");
		expect([first, third, fourth, other].map(client => client.closed)).toEqual([false, false, true, false]);
		expect(codes).toEqual(["ADDRESS_LIMIT", "192.0.2.1"]);
		expect(server.peers.map(peer => peer.remoteAddress).sort()).toEqual(["192.0.2.1", "192.0.2.1", "192.0.2.9"]);
	});

	test("B10 an address that has its share takes no other's place, though the server is full", async () => {
		const server = serve({ maxPerAddress: 2, maxConnections: 3, purgeAfter: 1, busyHeadTimeout: 1 });
		server.get("/", (_, response) => response.send("x"));
		server.get("/slow", () => {});
		const other = await from("192.0.2.9");
		other.send(get("/"));
		await pass(5);
		const [first, second] = [await from("192.0.2.1"), await from("192.0.2.1")];
		for (const busy of [first, second]) busy.send(get("/slow"));
		const third = await from("192.0.2.1");
		expect([other, first, second, third].map(client => client.closed)).toEqual([false, false, false, true]);
		const stranger = await from("192.0.2.2");
		expect([other, first, second, stranger].map(client => client.closed)).toEqual([true, false, false, false]);
	});

	test("B10 addresses of one IPv6 network have one share", async () => {
		serve({ maxPerAddress: 2 }).get("/slow", () => {});
		const clients = [await from("2001:db8::1"), await from("2001:db8::2")];
		for (const client of clients) client.send(get("/slow"));
		const others = [await from("2001:db8::3"), await from("2001:db8:0:1::1")];
		expect(others.map(client => client.closed)).toEqual([true, false]);
	});

	test("B10 a connection that was never used is replaced as one that is kept idle", async () => {
		serve({ maxConnections: 1, purgeAfter: 1, busyHeadTimeout: 1 });
		const silent = await from("192.0.2.1");
		await pass(5);
		await from("192.0.2.2");
		expect(silent.closed).toBe(true);
	});
});

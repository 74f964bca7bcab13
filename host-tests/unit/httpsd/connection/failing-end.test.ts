// A connection whose end itself fails is not left as one that runs for ever, for which nothing more would be done.

import { expect, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { connect, serve } from "../harness";
import { openSocket } from "../websocket/ws-client";
import { frame } from "../websocket/ws-frames";

const fail = () => {
	throw new Error("broken");
};

test("B10 a connection that could not be closed still acts on what comes", async () => {
	const server = serve();
	server.get("/", (_request, response) => response.send("x"));
	const client = await connect();
	Object.defineProperty(client.server, "read", { value: fail, configurable: true });
	Object.defineProperty(client.server, "tls", { get: fail, configurable: true });
	expect(() => client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toThrow("broken");
	for (const name of ["read", "tls"]) Reflect.deleteProperty(client.server as object, name);
	client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	await settle();
	expect(client.take()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test("Z8 a WebSocket whose failure could not be told hears of its end", async () => {
	const server = serve();
	let ends = 0;
	server.websocket("/ws", { message: fail, close: () => ends++ });
	const client = await openSocket();
	server.watcher = { connected() {}, disconnected() {}, failed: fail };
	client.send(frame(1, "x"));
	await settle();
	expect([ends, server.peers.length]).toEqual([1, 0]);
});

// Clients that leave behind bytes that nobody read, or that close their own direction only: on real XS.

import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import * as tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { caFile } from "../identities";
import { curl, type Site, startSite, variants } from "./site";
import { startWebSocketSite, type WebSocketSite } from "./websocket/site";

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

describe.each(variants)("clients that have left, on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(variant, { maxConnections: 4 });
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	/** All that comes to a client that sends a text and closes its own direction at once. */
	const halfClosed = (text: string) =>
		new Promise<string>((resolve, reject) => {
			let received = "";
			const socket = connect({ port: site.port, host: "127.0.0.1", allowHalfOpen: true }, () => socket.end(text));
			socket.on("data", chunk => {
				received += chunk;
			});
			socket.on("error", reject).on("end", () => resolve(received));
		});

	test("a client that closes its own direction behind its request gets all of a response that has begun", async () => {
		for (const path of ["/hello/you", "/units/65", "/big/2000000"]) {
			const received = await halfClosed(get(path));
			expect([path, received.slice(0, 15)]).toEqual([path, "HTTP/1.1 200 OK"]);
			if (path.startsWith("/big")) expect(received.endsWith("\r\n0\r\n\r\n")).toBe(true);
		}
		expect(await halfClosed(get("/later"))).toBe("");
	});

	test.each(["closes", "resets"])("B5 a client that sends much behind its request and %s is noticed", async how => {
		for (let count = 0; count < 4; count++) {
			const socket = connect({ port: site.port, host: "127.0.0.1" });
			await new Promise(resolve => socket.once("data", resolve).write(get("/ticks")));
			await new Promise(resolve => socket.write("x".repeat(9000), resolve));
			if (how === "closes") socket.destroy();
			else socket.resetAndDestroy();
		}
		expect(await curl(`${site.url}/hello/you`)).toBe("Hello, you");
	});
});

describe.each(variants)("event streams whose clients have left, %s", variant => {
	let site: WebSocketSite;
	beforeAll(async () => {
		site = await startWebSocketSite(variant, { maxConnections: 4 });
	});
	afterAll(async () => {
		expect(await site.stop()).toEqual({ code: 0, signal: null });
	});

	const open = (text: string) =>
		new Promise<tls.TLSSocket & { tcp: Socket }>((resolve, reject) => {
			const ca = readFileSync(caFile);
			const tcp = connect({ port: site.port, host: "127.0.0.1" });
			const socket = Object.assign(tls.connect({ socket: tcp, servername: "localhost", ca }), { tcp });
			socket.on("error", reject).on("secureConnect", () => socket.write(text));
			socket.once("data", () => resolve(socket));
		});

	test.each(["closes", "resets"])("a client that sends a byte and %s leaves its place to others", async how => {
		for (let round = 0; round < 6; round++) {
			const socket = await open(get("/silence"));
			socket.write("x");
			await new Promise(done => setTimeout(done, 20));
			if (how === "closes") socket.destroy();
			else socket.tcp.resetAndDestroy();
		}
		const last = await open(get("/silence"));
		last.destroy();
	});
});

// What they have sent waits unread, since there is no room for an answer, and with it the end of TCP.
test("Z2 WebSockets whose clients took no echo and reset the connection end at once", async () => {
	const site = await startWebSocketSite("release", { maxConnections: 4, maxLongLived: 2, writeTimeout: 120_000 });
	for (const [index, wait] of [0, 2, 5, 10, 20, 40, 80, 160, 300].entries()) {
		const left = [await site.open("/ws"), await site.open("/ws")];
		for (const socket of left) {
			socket.pause();
			for (let count = 0; count < 500; count++) socket.send(Buffer.alloc(1500));
		}
		await new Promise(done => setTimeout(done, wait));
		for (const socket of left) socket.terminate();
		await site.waitForLine(new RegExp(`(ended \\d+ 1006 \n[^]*){${2 * (index + 1)}}`));
	}
	expect(await site.stop()).toEqual({ code: 0, signal: null });
});

// Callbacks whose promises reject when nobody waits for them, on real XS: a rejection without a handler ends it.

import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { setDeadline } from "../../deadline";
import { scaled } from "../../pace";
import { type Site, startSite, variants } from "./site";

const upgrade =
	"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
/** Frames without content, masked with zeros. */
const frames = { none: [], message: [0x81], ping: [0x89], pong: [0x8a], close: [0x88] };

describe.each(variants)("rejections on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(variant, { lingerTimeout: scaled(100) }, [], "careless-site");
	});
	afterEach(async () => {
		expect(await ask("GET /", "Connection: close\r\n")).toContain("alive");
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	/** All that comes in answer to a request and bytes behind it, until the server closes. */
	function ask(first: string, fields = "", behind: readonly number[] = []): Promise<string> {
		const socket = connect(site.port, "127.0.0.1");
		const clear = setDeadline(10_000, time => socket.destroy(new Error(`Connection was not ended within ${time}`)));
		socket.setEncoding("latin1");
		socket.write(`${first} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`);
		for (const byte of behind) socket.write(Uint8Array.of(byte, 0x80, 0, 0, 0, 0));
		return text(socket).finally(clear);
	}

	test("B11 events(): what its handler rejects with is an error event, and the stream is cut off", async () => {
		expect(await ask("GET /events")).toContain("text/event-stream");
		await site.desk.waitForLine(/error Error: events rejected/);
		await ask("GET /events/close", "Connection: close\r\n");
		await site.desk.waitForLine(/error Error: events close rejected/);
	});

	test.each([
		["/open", "none", "open"],
		["/message", "message", "message"],
		["/ping", "ping", "ping"],
		["/pong", "pong", "pong"]
	] as const)(
		"B11 WebSocket %s: what a listener rejects with is an error event, and 1011",
		async (path, frame, name) => {
			const received = await ask(`GET ${path}`, upgrade, frames[frame]);
			expect(received.endsWith("\x88\x02\x03\xf3")).toBe(true);
			await site.desk.waitForLine(new RegExp(`error Error: ${name} rejected`));
		}
	);

	test("B11 WebSocket: what a listener rejects with after the end is an error event", async () => {
		await ask("GET /close", upgrade, frames.close);
		await site.desk.waitForLine(/error Error: close rejected/);
		await ask("GET /closed", upgrade, frames.message);
		await site.desk.waitForLine(/error Error: message after the end rejected/);
	});

	test("B11 onStatus(): what it rejects with is an error event, and the request is answered", async () => {
		expect(await ask("GET /status/418", "Connection: close\r\n")).toMatch(/^HTTP\/1.1 418 /);
		await site.desk.waitForLine(/error Error: onStatus rejected/);
		expect(await ask("GET /status/999", "Connection: close\r\n")).toMatch(/^HTTP\/1.1 500 /);
	});

	test("B11 a thrown value that has no text is an error event, and 500", async () => {
		expect(await ask("GET /untellable", "Connection: close\r\n")).toMatch(/^HTTP\/1.1 500 /);
		await site.desk.waitForLine(/error Error: Something was thrown/);
	});

	test("B11 on(): what a listener rejects with is an error event", async () => {
		await site.desk.waitForLine(/error Error: connected rejected/);
	});

	test("B11 content that is read later, of a client that leaves first", async () => {
		const socket = connect(site.port, "127.0.0.1");
		socket.write("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx");
		await site.desk.waitForLine(/^held$/m);
		socket.destroy();
		await site.desk.waitForLine(/^held true$/m);
	});

	test("B11 what a handler throws after the client has left is an error event", async () => {
		const socket = connect(site.port, "127.0.0.1");
		socket.write("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
		await site.desk.waitForLine(/^late$/m);
		socket.destroy();
		await site.desk.waitForLine(/error Error: late true/);
	});
});

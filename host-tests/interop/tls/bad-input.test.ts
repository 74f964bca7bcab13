import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { within } from "../../deadline";
import { scaled } from "../../pace";
import { noSoonerThan } from "../elapsed";
import { curl, type HttpsServer, startServer } from "../https";
import { alertIn, exchange, open, recordClientHello, untilEnd } from "./raw";

const unexpectedMessage = 10;
/** Milliseconds that the server gives its clients: long enough for a good one on a busy machine. */
const timeout = scaled(1000);
let server: HttpsServer;
let hello: Buffer;

beforeAll(async () => {
	server = await startServer({ config: { handshakeTimeout: timeout, silenceTimeout: timeout } });
	hello = await recordClientHello();
});
afterAll(() => server.stop());

async function expectService(): Promise<void> {
	const { status, stderr } = await curl(server.url);
	expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

test.each([
	["plain HTTP", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), unexpectedMessage],
	["zeros", Buffer.alloc(100), unexpectedMessage],
	["an SSL 2 hello", Buffer.from([0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10]), unexpectedMessage],
	["SMTP", Buffer.from("EHLO example\r\n"), unexpectedMessage],
	["a record of the wrong version", Buffer.from([22, 9, 9, 0, 4, 1, 0, 0, 0]), undefined],
	["an oversized record", Buffer.concat([Buffer.from([22, 3, 1, 0xff, 0xff]), Buffer.alloc(0x400)]), undefined],
	["an empty handshake record", Buffer.from([22, 3, 1, 0, 0]), undefined]
])("%s gets a fatal alert, and the server goes on", async (_, data, alert) => {
	const { bytes } = await exchange(server.port, data);
	expect(alertIn(bytes)).toEqual(alert ?? expect.any(Number));
	await expectService();
});

test.each([1, 6, 50, 200])(
	"a ClientHello with byte %d changed is refused or served, and the server goes on",
	async at => {
		const damaged = Buffer.from(hello);
		damaged[at] = (damaged[at] ?? 0) ^ 0xff;
		const socket = await open(server.port);
		const ending = untilEnd(socket);
		socket.end(damaged);
		await ending;
		await expectService();
	}
);

describe("a client that stops", () => {
	test("before its first byte is dropped at the deadline while others are served", async () => {
		const started = performance.now();
		const silent = await Promise.all(Array.from({ length: 8 }, () => open(server.port)));
		const endings = within(timeout + 10_000, "an end", Promise.all(silent.map(untilEnd)));
		await expectService();
		const all = await noSoonerThan(timeout, started, endings);
		expect(all.every(({ bytes }) => bytes.length === 0)).toBe(true);
		await server.waitForLine(/refused TIMEOUT/);
	});

	test.each([1, 5, 100])("after %d bytes of its ClientHello is dropped at the deadline", async count => {
		const socket = await open(server.port);
		const ending = within(timeout + 10_000, "an end", untilEnd(socket));
		const started = performance.now();
		socket.write(hello.subarray(0, count));
		await noSoonerThan(timeout, started, ending);
		await expectService();
	});

	test("that closes its half of the connection is closed at once", async () => {
		const socket = await open(server.port);
		const ending = untilEnd(socket);
		socket.end(hello.subarray(0, 20));
		await ending;
		await expectService();
	});
});

test("a client that sends one byte at a time is served", async () => {
	const socket = await open(server.port);
	socket.setNoDelay(true);
	const first = new Promise<Buffer>(resolve => socket.once("data", data => resolve(data as Buffer)));
	for (const byte of hello) {
		socket.write(Buffer.from([byte]));
		await new Promise(resolve => setImmediate(resolve));
	}
	const reply = await first;
	socket.destroy();
	expect(reply[0]).toBe(22);
});

test("a TCP window of 20 bytes, smaller than a record's overhead, is only slow", async () => {
	const narrow = await startServer({ options: ["--window", "20"] });
	const { stdout } = await curl(`${narrow.url}/bytes/5000`);
	await narrow.stop();
	expect(stdout.length).toBe(5000);
});

import { connect as connectTLS } from "node:tls";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { curl, type HttpsServer, startServer } from "../https";
import { settled } from "../settled";
import { open, recordClientHello, untilEnd } from "./raw";

interface Heap {
	tls: number;
	xs: { chunks: number; slots: number };
}

let server: HttpsServer;
let hello: Buffer;
beforeAll(async () => {
	server = await startServer();
	hello = await recordClientHello();
});
afterAll(() => server.stop());

async function measure(): Promise<Heap> {
	const { stdout } = await curl(`${server.url}/heap`);
	return JSON.parse(stdout);
}

async function send(data: Buffer): Promise<void> {
	const socket = await open(server.port);
	const ending = untilEnd(socket);
	socket.end(data);
	await ending;
}

async function visitAndVanish(): Promise<void> {
	await new Promise<void>(resolve => {
		const socket = connectTLS({ port: server.port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
			socket.write("GET / HTTP/1.1\r\nHost: loc");
			socket.destroy();
		});
		socket.on("error", () => {});
		socket.on("close", () => resolve());
	});
}

/** The n-th broken connection: garbage, plain HTTP, a hello cut somewhere, a hello damaged somewhere, a lost client. */
function breakConnection(n: number): Promise<void> {
	switch (n % 5) {
		case 0:
			return send(Buffer.alloc(64, n));
		case 1:
			return send(Buffer.from("GET / HTTP/1.0\r\n\r\n"));
		case 2:
			return send(hello.subarray(0, n % hello.length));
		case 3:
			return send(Buffer.from(hello).fill(n, n % hello.length, (n % hello.length) + 1));
		default:
			return visitAndVanish();
	}
}

test("heap bytes after 1,000 broken connections are those before", async () => {
	for (let n = 0; n < 50; n++) await breakConnection(n);
	const before = await settled(measure, ({ tls }) => tls);
	for (let n = 0; n < 1000; n += 4) {
		await Promise.all([0, 1, 2, 3].map(k => breakConnection(n + k)));
	}
	const after = await settled(measure, ({ tls }) => tls);
	// TLS is exact. XS keeps the keys of names it has seen and the room of tables that grew, which is not per connection.
	expect(after.tls).toBe(before.tls);
	expect(after.xs.slots - before.xs.slots).toBeLessThan(8_192);
	expect(after.xs.chunks - before.xs.chunks).toBeLessThan(8_192);
});

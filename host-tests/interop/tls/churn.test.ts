// Connections in a row, full and resumed, a third of them broken off at a random byte: memory stays where it was.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTLS } from "node:tls";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { curl, type HttpsServer, startServer } from "../https";
import { settled } from "../settled";

const CONNECTIONS = 1200;
const AT_ONCE = 4;
const MOST_BYTES = 1500;
const seed = Number(process.env.CHURN_SEED ?? 1);

let server: HttpsServer;
let proxy: Server;
let state = seed;
const sessions = new Map<string, Buffer>();

/** Below `bound`; the same sequence for the same seed (mulberry32). */
function random(bound: number): number {
	state = (state + 0x6d2b79f5) | 0;
	let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
	mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
	return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
}

/** Passes on all that the client says, or all up to a random byte. */
function passOn(client: Socket): void {
	let left = random(3) === 0 ? 1 + random(MOST_BYTES) : Number.POSITIVE_INFINITY;
	const target = connect(server.port, "127.0.0.1");
	client.on("data", (bytes: Buffer) => {
		target.write(bytes.subarray(0, left));
		left -= bytes.length;
		if (left <= 0) target.destroySoon();
	});
	target.on("data", bytes => client.write(bytes));
	for (const [one, two] of [
		[client, target],
		[target, client]
	] as const) {
		one.on("error", () => undefined).on("close", () => two.destroy());
	}
}

beforeAll(async () => {
	server = await startServer({ identities: ["p256", "rsa2048"] });
	proxy = createServer(passOn).listen(0, "127.0.0.1");
	await once(proxy, "listening");
});
afterAll(async () => {
	proxy.close();
	await server.stop();
});

const kinds: readonly ConnectionOptions[] = [
	{ maxVersion: "TLSv1.2" },
	{ maxVersion: "TLSv1.2", sigalgs: "RSA-PSS+SHA256:RSA+SHA256", ciphers: "ECDHE-RSA-AES128-GCM-SHA256" },
	{ minVersion: "TLSv1.3" }
];

/** One of three kinds, half of them with a session to resume; whether the server answered. */
function visit(): Promise<boolean> {
	const kind = random(kinds.length);
	const key = `${kind}`;
	const session = random(2) === 0 ? sessions.get(key) : undefined;
	const { port } = proxy.address() as AddressInfo;
	return new Promise(resolve => {
		let answered = false;
		const options = { ...kinds[kind], port, host: "127.0.0.1", rejectUnauthorized: false };
		const socket = connectTLS({ ...options, ...(session === undefined ? {} : { session }) });
		socket.on("secureConnect", () => socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
		socket.on("session", fresh => sessions.set(key, fresh));
		socket.on("data", () => {
			answered = true;
		});
		socket.on("error", () => undefined).on("close", () => resolve(answered));
	});
}

async function visitOften(count: number, atOnce: number): Promise<number> {
	let answered = 0;
	for (let n = 0; n < count; n += atOnce) {
		const outcomes = await Promise.all(Array.from({ length: atOnce }, visit));
		answered += outcomes.filter(Boolean).length;
	}
	return answered;
}

async function measure() {
	const { stdout } = await curl(`${server.url}/heap`);
	return JSON.parse(stdout) as { tls: number; xs: { chunks: number; slots: number } };
}

test(`A4 B6 E9 ${CONNECTIONS} connections, a third broken off at a random byte (CHURN_SEED=${seed}), leave memory as it was`, async () => {
	// More at once than ever after, so that tables of keys have grown.
	await visitOften(128, 4 * AT_ONCE);
	const before = await settled(measure, ({ tls }) => tls);
	const answered = await visitOften(CONNECTIONS, AT_ONCE);
	const after = await settled(measure, ({ tls }) => tls);
	expect(answered).toBeGreaterThan(CONNECTIONS / 2);
	expect(answered).toBeLessThan(CONNECTIONS);
	expect(after.tls).toBe(before.tls);
	expect(after.xs.slots - before.xs.slots).toBeLessThan(8_192);
	expect(after.xs.chunks - before.xs.chunks).toBeLessThan(8_192);
});

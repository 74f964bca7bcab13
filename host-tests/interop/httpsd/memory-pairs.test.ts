// Z12: limits in pairs, each hit at n - 1, n and n + 1 by half of as many clients as there are places, in the memory of an
// ESP32-C3. Behind each pair nothing is charged but what the one who asks holds himself.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { httpLimits } from "../../../modules/platform/esp32c3/limits";
import { type Desk, startDesk } from "../desk";
import { type Client, open } from "./memory-client";

let desk: Desk;
let watcher: Client;
beforeAll(async () => {
	desk = startDesk({
		variant: "device",
		platform: "esp32c3",
		resources: ["build/identity"],
		main: "build/js/host-tests/programs/httpsd/memory-site.js"
	});
	await desk.waitForLine(/listening on (\d+)/);
	watcher = await open(port());
});
afterAll(async () => {
	watcher.close();
	await desk.stop();
});

const port = () => Number(/listening on (\d+)/.exec(desk.output)?.[1]);
/** One place is the watcher's. */
const clients = httpLimits.maxConnections - 1;
const { maxRequestLine, maxHeadBytes, maxKeptHead, maxBufferedBody, maxJsonMemory, maxMessage, readSize } = httpLimits;
const x = (length: number) => "x".repeat(length);
const host = "Host: a\r\n";

/** A WebSocket with one message of that length. */
const opening =
	`GET /ws HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
	"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
const message = (length: number) => `\x81\xfe${String.fromCharCode(length >> 8, length & 255)}\0\0\0\0${x(length)}`;
/** Numbers in an array that are taken for so many bytes: its text, 96, and 32 for each but the first. */
const numbers = (bytes: number) => {
	const commas = Math.floor((bytes - 99) / 34);
	return `[${"0,".repeat(commas)}0]`.padEnd(bytes - 96 - 32 * commas);
};
const post = (path: string, content: string) =>
	`POST ${path} HTTP/1.1\r\n${host}Content-Length: ${content.length}\r\n\r\n${content}`;

/** What is sent for a length, and which statuses there may be: up to the limit, and above it. */
type Limited = readonly [n: number, text: (n: number) => string, good: readonly number[], bad: readonly number[]];

const limited: Record<string, Limited> = {
	maxRequestLine: [maxRequestLine, n => `GET /${x(n - 14)} HTTP/1.1\r\n${host}\r\n`, [404, 503], [414]],
	maxHeadBytes: [maxHeadBytes, n => `GET / HTTP/1.1\r\n${host}X: ${x(n - host.length - 5)}\r\n\r\n`, [200, 503], [431]],
	maxKeptHead: [maxKeptHead, n => `GET / HTTP/1.1\r\n${host}X: ${x(n - 30)}\r\n\r\n`, [200, 503], [200, 503]],
	maxHeaderCount: [64, n => `GET / HTTP/1.1\r\n${host}${"a:\r\n".repeat(n - 1)}\r\n`, [200, 503], [431]],
	maxBufferedBody: [
		maxBufferedBody,
		n => `POST /text HTTP/1.1\r\n${host}Content-Length: ${n}\r\n\r\n${x(n)}`,
		[200, 503],
		[413, 503]
	],
	maxJsonMemory: [maxJsonMemory, n => post("/json", numbers(n)), [200, 503], [413, 503]],
	maxMessage: [maxMessage, n => opening + message(n), [101, 503], [101, 503]],
	maxTrailerBytes: [
		1024,
		n => `POST /bytes HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX: ${x(n - 5)}\r\n\r\n`,
		[200, 503],
		[431, 503]
	],
	maxChunkLine: [
		256,
		n => `POST /bytes HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1;${x(n - 2)}\r\nx\r\n0\r\n\r\n`,
		[200, 503],
		[400, 503]
	],
	readSize: [
		readSize,
		n => `POST /bytes HTTP/1.1\r\n${host}Content-Length: ${n}\r\n\r\n${x(n)}`,
		[200, 503],
		[200, 503]
	]
};

const names = Object.keys(limited);
const pairs = names.flatMap((one, at) => names.slice(at).map(other => [one, other] as const));

/** What is charged once all others have left: their end may not have come yet. */
async function used(): Promise<number> {
	for (let tries = 0; ; tries++) {
		const { places, used } = JSON.parse(await watcher.fetch("/memory")) as { places: number; used: number };
		if (places === 1 || tries === 100) return used;
		await new Promise(resolve => setTimeout(resolve, 30));
	}
}

describe("Z12 limits in pairs", () => {
	let atRest: number;
	beforeAll(async () => {
		await used();
		atRest = await used();
	});

	test.each(pairs)("%s and %s", async (...both) => {
		for (const away of [-1, 0, 1]) {
			const kinds = Array.from({ length: clients }, (_, index) => limited[both[index % 2] as string] as Limited);
			const asked = kinds.map(async ([n, text, good, bad]) => {
				const client = await open(port());
				expect(away > 0 ? bad : good).toContain(await client.ask(text(n + away)));
				client.close();
			});
			await Promise.all(asked);
			expect(await used()).toBe(atRest);
		}
	});
});

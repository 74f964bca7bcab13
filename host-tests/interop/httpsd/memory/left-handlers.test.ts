// Z12: a handler that waits for something else than its client goes on when that has left, and what it holds was in no place and in
// no budget then: twenty clients that asked and left within two seconds made XS run out of memory on an ESP32-C3 that had 60 kB free.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { blockLowest, open, startSite } from "./client";

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ port, stop } = await startSite("esp32c3", "patient-site"));
});

const get = (path: string, fields = "") => `GET ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;
const text = "x".repeat(2000);
const post = `POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
const upgrade =
	"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
const message = `\x81\xfe${String.fromCharCode(text.length >> 8, text.length & 255)}\0\0\0\0${text}`;

/** Asks and leaves, once the request will have come. */
async function askAndLeave(request: string): Promise<void> {
	const client = await open(port);
	await client.send(request, () => false, 60);
	client.close();
}

describe("Z12 handlers whose clients have left, in an ESP32-C3's memory", () => {
	const cases: readonly (readonly [name: string, request: string, clients?: number])[] = [
		["that waits, by a promise", get("/wait")],
		["that answers later, without one", get("/later")],
		["that holds a text of 2,000 bytes", post],
		["of a message of 2,000 bytes", get("/ws", upgrade) + message],
		["of 100 Pings", get("/pinged", upgrade) + "\x89\x80\0\0\0\0".repeat(100)],
		["of the end of an event stream", get("/events")],
		["that goes on behind its response, for 30 requests at once", get("/after").repeat(30), 6]
	];
	test.each(cases)("clients, one after the other, each of a handler %s", async (_, request, clients = 20) => {
		for (let count = 0; count < clients; count++) await askAndLeave(request);
		let good: number | undefined;
		const isServed = async () => {
			const client = await open(port);
			good = await client.ask(get("/"));
			client.close();
			return good === 200;
		};
		await until(isServed, () => `a good client: ${good}`, 30_000);
	});

	test("they have left a good part of the block free, and nothing is charged", async () => {
		expect(await blockLowest(port)).toBeGreaterThan(10 * 1024);
		await stop();
	});
});

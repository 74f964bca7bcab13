// Z12: the five bytes of a record's header say that 16 kB will follow, which stand in the C heap until that has come and been
// read. Three such are most of an ESP32's: no handshake began while they were there, for as long as `idleTimeout`.
import { connect, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectTLS } from "node:tls";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { httpLimits } from "../../../../modules/platform/esp32/limits";
import type { Desk } from "../../desk";
import { open, startSite } from "./client";

let desk: Desk;
let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ desk, port, stop } = await startSite("esp32"));
});

const holders: Socket[] = [];
afterEach(() => {
	for (const holder of holders.splice(0)) holder.destroy();
});

const header = Buffer.from([23, 3, 3, 0x41, 0]);
const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const opening =
	"GET /slow HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
	"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
/** WebSocket messages in one record: the first has a handler without end. */
const messages = "\x81\x84\0\0\0\0text".repeat(1600);

/** A client that has had an answer; then it sends the header of a record, or this within records. */
async function hold(request: string, then?: string): Promise<void> {
	const tcp = connect(port, "127.0.0.1").on("error", () => undefined);
	holders.push(tcp);
	const way = new Duplex({ read: () => undefined, write: (bytes, _, done) => void tcp.write(bytes, () => done()) });
	tcp.on("data", bytes => way.push(bytes));
	const socket = connectTLS({ socket: way, rejectUnauthorized: false }).on("error", () => undefined);
	socket.write(request);
	await new Promise(resolve => socket.once("data", resolve));
	if (then === undefined) tcp.write(header);
	else socket.write(then, "latin1");
}

/** Whether somebody new is served within the time in which a handshake is tried once. */
const isServed = () => open(port, 0).then(client => client.ask(get).then(status => status === 200));

describe("Z12 records of 16 kB that nobody completes or reads, on an ESP32", () => {
	test("who waits for memory for one goes on when others leave", async () => {
		for (let count = 0; count < 2; count++) await hold(get);
		const content = "x".repeat(16_000);
		const client = await open(port);
		const asked = client.ask(`POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: ${content.length}\r\n\r\n${content}`);
		await new Promise(resolve => setTimeout(resolve, 500));
		expect(client.text).toBe("");
		for (const holder of holders.splice(0)) holder.destroy();
		expect(await asked).toBe(200);
		expect(desk.output).not.toContain("out of memory");
	});

	// The last ones stay for a while: TCP tells that they have left only behind what is not read.
	test.each([
		["begun by three clients", get, undefined],
		["of messages to three WebSockets whose handlers never end", opening, messages]
	])("%s: others are served beside them", async (_, request, then) => {
		for (let count = 1; count < httpLimits.maxConnections; count++) await hold(request, then);
		expect(await isServed()).toBe(true);
		expect(await isServed()).toBe(true);
	});

	test("nothing is charged once all have left", () => stop());
});

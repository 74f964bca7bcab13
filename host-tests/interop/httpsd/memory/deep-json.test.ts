// Z12: one WebSocket message of 50 bytes, arrays within each other, made XS's stack overflow in a handler that put it into a text, as
// an example of the guide did: 32 levels were let in, and each takes 400 bytes there.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { figuresOf, open, startSite } from "./client";

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ port, stop } = await startSite("esp32c3", "deep-site"));
});

/** JSON of `depth` levels, of which the first is an object. */
const nested = (depth: number) => `{"level":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;

/** A masked frame, whose mask changes nothing. */
const frame = (text: string) => `\x81${String.fromCharCode(0x80 | text.length)}\0\0\0\0${text}`;

const upgrade =
	"GET /lamp HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

describe("Z12 JSON that nests, put into a text, in an ESP32-C3's memory", () => {
	test.each([
		[8, 200],
		[9, 400],
		[17, 400],
		[32, 400],
		[33, 400]
	])("%i levels of a request are %i", async (depth, status) => {
		const client = await open(port);
		const json = nested(depth);
		expect(await client.ask(`POST /say HTTP/1.1\r\nHost: a\r\nContent-Length: ${json.length}\r\n\r\n${json}`)).toBe(
			status
		);
	});

	test.each([
		[8, "Level is "],
		[9, "\x88\x02\x03\xf3"],
		[17, "\x88\x02\x03\xf3"],
		[32, "\x88\x02\x03\xf3"]
	])("%i levels of a message are answered", async (depth, answer) => {
		const client = await open(port);
		expect(await client.send(upgrade + frame(nested(depth)), text => text.includes(answer))).toContain(answer);
		client.close();
	});

	test("a fifth of the stack is left, and nothing is charged", async () => {
		const { stack, stackSize = 0 } = await figuresOf(port);
		expect(stack).toBeLessThan(0.8 * stackSize);
		await stop();
	});
});

// Z12: on an ESP8266 a WebSocket opens on the only place, whatever was asked before: with 64 bytes that a server took more at rest
// each was refused.
import { expect, test } from "@jest/globals";
import { open, startSite } from "./client";

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const upgrade = [
	"GET /ws HTTP/1.1",
	"Host: a",
	"Connection: Upgrade",
	"Upgrade: websocket",
	"Sec-WebSocket-Version: 13",
	"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
].join("\r\n");

test("Z12 a WebSocket opens on an ESP8266's only place, again and again, behind requests of all kinds", async () => {
	const { port, stop } = await startSite("esp8266", "small-site");
	const answers: (number | undefined)[] = [];
	for (const text of [upgrade, get("/"), upgrade, get("/wait"), upgrade, get(`/${"a".repeat(400)}`), upgrade]) {
		const client = await open(port, 3, "127.0.0.1", true);
		answers.push(await client.ask(text));
		client.close();
	}
	expect(answers).toEqual([101, 200, 101, 200, 101, 404, 101]);
	await stop();
});

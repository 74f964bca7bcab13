// Z12: who counts requests by address keeps a table that strangers fill, one entry for each address that they have: 64 of them took
// 10 kB of XS's block, whatever the platform, which an ESP8266 has not and an ESP32-C3 has promised to others. Where they are counted by
// a field, such as a token, each entry was as long as a client chose, up to a whole head: 32 kB.
import { expect, test } from "@jest/globals";
import { figuresOf, open, startSite } from "./client";

/** Bytes of XS in use. */
async function used(port: number): Promise<number> {
	const { slots = 0, chunks = 0 } = await figuresOf(port);
	return slots + chunks;
}

async function ask(port: number, path: string, field: string, address?: string): Promise<void> {
	const client = await open(port, 3, address);
	const text = `GET ${path} HTTP/1.1\r\nHost: a\r\n${field}\r\nConnection: close\r\n\r\n`;
	expect([429, 200]).toContain(await client.ask(text));
	client.close();
}

test("Z12 requests of 100 addresses leave less than 4 kB in an ESP32-C3's memory", async () => {
	const { port, stop } = await startSite("esp32c3", "features-site");
	const before = await used(port);
	for (let host = 1; host <= 100; host++) await ask(port, "/limited/x", "X: y", `127.1.1.${host}`);
	expect((await used(port)) - before).toBeLessThan(4096);
	await stop();
});

test("Z12 so do requests that are counted by a field, however long it is", async () => {
	const { port, stop } = await startSite("esp32c3", "names-site");
	const before = await used(port);
	for (let count = 100; count < 140; count++) await ask(port, "/keyed", `X-Key: ${count}${"k".repeat(1700)}${count}`);
	expect((await used(port)) - before).toBeLessThan(4096);
	await stop();
});

// Z12: who counts requests by address keeps a table that strangers fill, one entry for each address that they have: 64 of them took
// 10 kB of XS's block, whatever the platform, which an ESP8266 has not and an ESP32-C3 has promised to others.
import { beforeAll, expect, test } from "@jest/globals";
import { figuresOf, open, startSite } from "./client";

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ port, stop } = await startSite("esp32c3", "features-site"));
});

/** Bytes of XS in use. */
async function used(): Promise<number> {
	const { slots = 0, chunks = 0 } = await figuresOf(port);
	return slots + chunks;
}

test("Z12 requests of 100 addresses leave less than 4 kB in an ESP32-C3's memory", async () => {
	const before = await used();
	for (let host = 1; host <= 100; host++) {
		const client = await open(port, 3, `127.1.1.${host}`);
		expect([429, 200]).toContain(await client.ask("GET /limited/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
		client.close();
	}
	expect((await used()) - before).toBeLessThan(4096);
	await stop();
});

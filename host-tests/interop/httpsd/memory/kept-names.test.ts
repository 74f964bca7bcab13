// Z12: XS keeps each name that an object was ever asked for. The dashboard asked for what clients ask for: 28 GETs of long names left an ESP32-C3
// no room for any connection until it was restarted, before anybody was asked for a password.
import { expect, test } from "@jest/globals";
import { figuresOf, open, startSite } from "./client";

test("Z12 what is asked for below the dashboard's path leaves nothing in an ESP32-C3's memory", async () => {
	const { port, stop } = await startSite("esp32c3", "memory-site", { hasDashboard: true });
	const before = await figuresOf(port);
	const client = await open(port);
	let answered = 0;
	for (let count = 1; count <= 40; count++) {
		const name = `${"x".repeat(900)}${count}`;
		const text = await client.send(
			`GET /status/${name} HTTP/1.1\r\nHost: a\r\n\r\n`,
			all => all.split(" 404 ").length > count
		);
		answered = text.split(" 404 ").length - 1;
	}
	expect(answered).toBe(40);
	client.close();
	const { chunks = 0 } = await figuresOf(port);
	expect(chunks - (before.chunks ?? 0)).toBeLessThan(2048);
	await stop();
});

// Z12: many clients at once have XS take slots, which it never gives back. Behind 14 WebSockets whose `open` waits an ESP32-C3 with an application
// of 47 kB refused each long field of whoever came alone, until it was restarted.
import { expect, test } from "@jest/globals";
import { until } from "../../../../deadline";
import { startDesk } from "../../../desk";
import { type Client, open, startSite } from "../client";

const host = "127.0.0.1";
const longField = `GET /query HTTP/1.1\r\nHost: a\r\nCookie: ${"y".repeat(1900)}\r\n\r\n`;
const greeted =
	"GET /greeted HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
const isAnswered = (text: string) => text.includes("\r\n\r\n");

/** Whoever is let in has his answer before anyone leaves. */
async function storm(port: number): Promise<void> {
	const all: Client[] = [];
	const one = async () => {
		const client = await open(port, 3, host, true);
		all.push(client);
		await client.send(greeted, isAnswered, 3000);
	};
	await Promise.all(Array.from({ length: 14 }, one));
	for (const client of all) client.close();
}

test.concurrent.each([9, 12])(
	"Z12 once all have left, a long field is answered as before, whatever slots they had XS take, %i kB of a page",
	async kilobytes => {
		const { desk, port, stop } = await startSite("esp32c3", "memory-site", {
			kilobytes,
			areWaiting: true,
			isPlain: true
		});
		let status: number | undefined;
		const isServed = async () => {
			const client = await open(port, 3, host, true);
			status = await client.ask(longField);
			client.close();
			return status === 200;
		};
		await until(isServed, () => `an answer before: ${status} ${desk.output}`);
		for (let round = 0; round < 2; round++) {
			await storm(port);
			await until(isServed, () => `an answer behind it: ${status} ${desk.output}`, 30_000);
		}
		await stop();
	}
);

test.concurrent("Z12 slots become chunks, and slots again", async () => {
	const main = "build/js/host-tests/programs/httpsd/memory/given-back.js";
	const desk = startDesk({ main, variant: "device", platform: "esp32c3" });
	const { code } = await desk.exit;
	expect([code, desk.output.includes("out of memory")]).toEqual([0, false]);
	expect(desk.output.match(/in use: false, free: true, fewer slots\n/g)).toHaveLength(20);
	expect(desk.output).toContain("one is in use below them: false, 20");
});

// Z12: JSON writes a control character as six, so that of 2 kB `response.json()` made 12 kB that nobody had asked XS for: one POST had an ESP32-C3
// restart whose application is large, and sends back what it was sent.
import { expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { askAtOnce, blockLowest, figuresOf, open, startSite } from "./client";

const post = (content: string) =>
	`POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: ${content.length}\r\n\r\n${content}`;

async function isServed(port: number): Promise<boolean> {
	const client = await open(port, 0).catch(() => undefined);
	const status = await client?.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	client?.close();
	return status === 200;
}

test.concurrent.each([8, 12])(
	"Z12 content of control characters that comes back as JSON, beside a text of %i kB",
	async kilobytes => {
		const { port, stop } = await startSite("esp32c3", "echo-site", { kilobytes });
		for (let round = 0; round < 3; round++)
			for (const status of await askAtOnce(port, post("\x01".repeat(2040)), 4).catch(() => []))
				expect([undefined, 200, 503]).toContain(status);
		await until(() => isServed(port), "a good client is served", 60_000);
		await stop();
	}
);

// Before it asked XS for room it had made a pair of each value of an array, 100 bytes of slots and chunks each: a page with 500 values of a sensor
// had an ESP32-C3 restart. And it called itself for each level, 560 bytes of XS's stack each.
test("Z12 JSON of a thousand numbers takes little more than its text, and of 48 levels leaves a fifth of XS's stack", async () => {
	const { port, stop } = await startSite("esp32c3", "echo-site", { kilobytes: 1, hasOwn: true });
	const get = (path: string) => askAtOnce(port, `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, 1);
	const before = await blockLowest(port);
	expect(await get("/history")).toEqual([200]);
	expect(before - (await blockLowest(port))).toBeLessThan(16_000);
	expect(await get("/deep")).toEqual([200]);
	const { stack, stackSize = 0 } = await figuresOf(port);
	expect(stack).toBeLessThan(0.8 * stackSize);
	await stop();
});

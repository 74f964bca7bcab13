// Z12: before `response.json()` asked XS for room it had made a pair of each value of an array, 100 bytes of slots and chunks each: a page with
// 500 values of a sensor had an ESP32-C3 restart. And it called itself for each level, 560 bytes of XS's stack each.
import { beforeAll, expect, test } from "@jest/globals";
import { askAtOnce, blockLowest, figuresOf, startSite } from "./client";

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ port, stop } = await startSite("esp32c3", "json-site"));
});

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

test("Z12 JSON of a thousand numbers takes little more than its text", async () => {
	const before = await blockLowest(port);
	for (const status of await askAtOnce(port, get("/history"), 4)) expect(status).toBe(200);
	expect(before - (await blockLowest(port))).toBeLessThan(24_000);
});

test("Z12 JSON of 48 levels leaves a fifth of XS's stack", async () => {
	expect(await askAtOnce(port, get("/deep"), 1)).toEqual([200]);
	const { stack, stackSize = 0 } = await figuresOf(port);
	expect(stack).toBeLessThan(0.8 * stackSize);
	await stop();
});

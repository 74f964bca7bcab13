// Z3, Z12: handshakes in a C heap of a device's size that others have filled or broken up. XS takes C heap at each `try`,
// and aborts without it, which would end the host with status 3.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type Desk, startDesk } from "../desk";
import { curl } from "../https";
import { identityFolder } from "../identities";
import { isServed, stall } from "./admission";
import { recordClientHello } from "./raw";

let desk: Desk;
let port: number;
let control: number;
beforeAll(async () => {
	const main = "build/js/host-tests/programs/server/device-heap-server.js";
	desk = startDesk({ variant: "device", platform: "esp32c3", resources: [identityFolder], main });
	port = Number((await desk.waitForLine(/served on (\d+)/))[1]);
	control = Number((await desk.waitForLine(/control on (\d+)/))[1]);
});
afterAll(() => desk.stop());

const post = async (path: string) => (await curl("-X", "POST", `http://127.0.0.1:${control}${path}`)).stdout;
const get = () => curl(`https://localhost:${port}/`);
const all = (count: number) => Promise.all(Array.from({ length: count }, get));
const pause = (milliseconds: number): Promise<"waiting"> =>
	new Promise(resolve => setTimeout(() => resolve("waiting"), milliseconds));
afterEach(async () => {
	expect(await post("/give")).toBe("given");
	expect(isServed(await get())).toBe(true);
	expect(desk.output).not.toContain("out of memory");
});

/** What a handshake wants free in one block: tls-config-memory.h. The heap tells in steps of 1,024 there. */
const wanted = 16_384;
/** What the connection holds by then. */
const hello = 2048;

describe("Z3 Z12 handshakes in a device's C heap", () => {
	afterEach(() => expect(desk.output).not.toContain("refused MEMORY"));

	test.each([6, 8])("%d at once are all served when there is memory for one, or a little more", async count => {
		for (const more of [0, 2048, 4096, 6144]) {
			await post(`/leave/${wanted + hello + more}`);
			expect((await all(count)).every(isServed)).toBe(true);
		}
	});

	test.each([6, 8])("%d at once wait when there is less, and are served when there is enough", async count => {
		expect(Number(await post(`/leave/${wanted / 2 - 1024}`))).toBeLessThan(wanted / 2);
		const requests = all(count);
		expect(await Promise.race([requests, pause(700)])).toBe("waiting");
		await post("/give");
		expect((await requests).every(isServed)).toBe(true);
	});

	test("they wait where enough is free, but in small pieces", async () => {
		const [free, largest] = (await post("/pieces/2000")).split(" ").map(Number) as [number, number];
		expect(free).toBeGreaterThan(wanted);
		expect(largest).toBeLessThan(wanted);
		const requests = all(6);
		expect(await Promise.race([requests, pause(700)])).toBe("waiting");
		await post("/give");
		expect((await requests).every(isServed)).toBe(true);
	});

	test("handshakes that their clients have left half-way make room", async () => {
		expect(Number(await post(`/leave/${2 * wanted}`))).toBeGreaterThanOrEqual(wanted);
		const bytes = await recordClientHello();
		for (let count = 0; count < 6; count++) await stall(port, bytes);
		expect(isServed(await get())).toBe(true);
		expect(desk.output).toContain("refused BUSY");
	});
});

test("Z12 who takes memory away under handshakes costs those, and does not restart the device", async () => {
	expect(await post("/turmoil")).toBe("begun");
	for (let round = 0; round < 5; round++) await all(4);
	expect(await post("/give")).toBe("given");
	expect((await all(6)).every(isServed)).toBe(true);
});

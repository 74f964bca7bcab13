// The device-sized desk: XS has one block, as large as on the platform, and what a device has in flash takes nothing of it.

import { describe, expect, test } from "@jest/globals";
import { type DeskOptions, type Platform, startDesk } from "../desk";

async function run(name: string, options: DeskOptions = {}) {
	const desk = startDesk({ variant: "device", main: `host-tests/desk/programs/${name}.js`, ...options });
	const { code } = await desk.exit;
	return { code, output: desk.output };
}

/** Of each time that the program prints. */
async function measure(options: DeskOptions) {
	const { code, output } = await run("device/figures", options);
	return { code, output, figures: output.match(/^\{.*$/gm)?.map(line => JSON.parse(line)) ?? [] };
}

describe("Z12 device-sized desk", () => {
	// Block, stack, 512 slots and 1,536 bytes of chunks; 68,080 are what an ESP32-C3 prints before main.ts.
	test.each<[Platform, number, number, number]>([
		["esp32c3", 94_208, 12_288, 72_176],
		["esp32", 94_208, 12_288, 72_176],
		["esp8266", 32_768, 9216, 13_808]
	])("%s: XS's block is as large as there, and begins as there", async (platform, size, stack, free) => {
		const [{ block, ...shares }] = (await measure({ platform })).figures;
		expect(block).toMatchObject({ size, free, lowestFree: free });
		expect(shares.stack.size).toBe(stack);
		expect(shares.stack.size + shares.slots.reserved + shares.chunks.reserved + block.free).toBe(size);
	});

	test("preloaded modules take nothing of the block, others all that they make", async () => {
		const preloaded = await measure({ config: { load: "httpsd/https-server" } });
		const [before, after] = preloaded.figures;
		expect(after.slots.used - before.slots.used).toBeLessThan(1500);
		expect(after.block.free).toBe(before.block.free);
		const loaded = await measure({ config: { load: "tls/details" }, preload: [] });
		expect(loaded.figures[1].slots.used - loaded.figures[0].slots.used).toBeGreaterThan(5000);
		// As a firmware without a list of preloaded modules did.
		const whole = await measure({ config: { load: "httpsd/https-server" }, preload: [] });
		expect(whole.output).toMatch(
			/^XS is out of memory at .*: while the main module starts, no room for \d+ bytes of (slots|chunks)/m
		);
		expect(whole.code).toBe(3);
	});

	test("the largest chunk that the figures promise can be had, and one byte more ends with a restart", async () => {
		expect(await run("device/chunk", { config: { more: 0 } })).toEqual({ code: 0, output: "largest 73208\nhad\n" });
		const { code, output } = await run("device/chunk", { config: { more: 1 } });
		expect(output).toMatch(
			/^largest 73208\nXS is out of memory at .*chunk\.js:\d+: .*no room for 73728 bytes of chunks: of 94208/
		);
		expect(code).toBe(3);
	});

	test.each([
		[
			"memory-full",
			/^XS is out of memory at .*memory-full\.js:2: .* no room for \d+ bytes of (chunks|slots): of 94208, /
		],
		["recursion", /^XS stack overflow at .*recursion\.js:2: the recursion is too deep\n$/]
	])("%s ends with status 3, as a device restarts", async (name, message) => {
		const { code, output } = await run(name);
		expect(output).toMatch(message);
		expect(code).toBe(3);
	});

	test("figures have the peak; memory that chunks no longer use is given to slots", async () => {
		const { code, output } = await run("device/peaks");
		expect(output).not.toMatch(/false/);
		expect(output).toMatch(/^chunks: .*\nfree: .*\nstack: .*\nslots: .*\nlowest stays: true\n$/);
		expect(code).toBe(0);
	});
});

// The same under AddressSanitizer, with a garbage collection at every allocation.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { folder, made } from "../../unit/certs/tool";
import { startDesk } from "../desk";

const out = folder();

/** What the program prints until it ends, as it should. */
async function run(config: Record<string, string>, ...options: string[]): Promise<string> {
	const main = "build/js/host-tests/programs/identity/stress.js";
	const desk = startDesk({ main, config, variant: "debug", options: ["--gc-stress", ...options] });
	expect([(await desk.exit).code, desk.output]).toEqual([0, expect.stringMatching(/^listens true$/m)]);
	return desk.output;
}

test("Z5 Z10 a first boot and a reboot", async () => {
	const config = { store: join(out, "stress.bin") };
	const first = await run(config);
	expect(first).toMatch(/^identity \S+$/m);
	expect(await run(config)).toBe(first);
});

test("E2 Z10 credentials out of flash", async () => {
	await made("server", "--out", out, "--host", "localhost");
	await made("flash", "--out", out);
	copyFileSync(join(out, "identity.bin"), join(out, "flash.bin"));
	const output = await run({}, "--flash", `identity=${join(out, "flash.bin")}`);
	expect(output).toContain("server CN=localhost, CAs 1\n");
});

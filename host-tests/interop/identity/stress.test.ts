// The same under AddressSanitizer, with a garbage collection at every allocation.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { folder, made } from "../../unit/certs/tool";
import { startDesk } from "../desk";

const out = folder();

function run(program: string, config: Record<string, string | boolean>, ...options: string[]) {
	const main = `build/js/host-tests/programs/identity/${program}.js`;
	return startDesk({ main, config, variant: "debug", resources: [out], options: ["--gc-stress", ...options] });
}

test("Z5 Z10 a first boot and a reboot", async () => {
	const config = { store: join(out, "stress.bin"), once: true };
	const first = run("device-identity", config);
	expect((await first.exit).code).toBe(0);
	const second = run("device-identity", config);
	expect((await second.exit).code).toBe(0);
	expect(second.output).toBe(first.output);
}, 60_000);

test("E2 Z10 credentials out of flash", async () => {
	await made("server", "--out", out, "--host", "localhost");
	await made("flash", "--out", out);
	copyFileSync(join(out, "identity.bin"), join(out, "flash.bin"));
	const desk = run("credentials", { via: "flash", ca: "image" }, "--flash", `identity=${join(out, "flash.bin")}`);
	await desk.waitForLine(/listening on/, 50_000);
	expect((await desk.stop()).code).toBe(0);
}, 60_000);

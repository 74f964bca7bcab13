// Another firmware over HTTPS on an emulated ESP32-C3: the SDK's update class, ESP-IDF's partitions and boot loader.

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { buildChip, type ChipOptions, type Firmware, runChip, whyNot } from "./device";
import { ca, makeIdentities } from "./examples/example";
import { freePort } from "./free-port";
import { run } from "./https";
import { root } from "./paths";

const out = "build/device/update";
const name = "bin/esp32/esp32c3/release/update";
const password = "open sesame";
const folder = mkdtempSync(join(tmpdir(), "device-update-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two that differ in mc/config: each says its version. */
function buildBoth(): void {
	makeIdentities();
	for (const version of [1, 2]) {
		buildChip("host-tests/device/update/manifest.json", out, { version, password, trial: 60_000 });
		cpSync(`${out}/${name}`, `${out}/${version}/${name}`, { recursive: true });
	}
}
const imageOf = (version: 1 | 2) => readFileSync(join(root, out, String(version), name, "xs_esp32.bin"));

let chip: Firmware;
let port = 0;

async function start(...flags: NonNullable<ChipOptions["flags"]>): Promise<void> {
	await chip?.stop();
	port = await freePort();
	const firmware = [`${out}/1`, "update"] as const;
	chip = runChip({ firmware, flash: `${out}/flash.bin`, flags, forwards: { [port]: 443 } });
	await chip.waitFor(/^listening on/m);
}

async function curl(path: string, ...parameters: string[]): Promise<string> {
	const { stdout, stderr } = await run("curl", [
		...["-sS", "--cacert", ca, "-w", " %{http_code}", ...parameters],
		`https://localhost:${port}${path}`
	]);
	return stdout + stderr;
}

function send(image: Uint8Array, digest = createHash("sha256").update(image).digest("base64")): Promise<string> {
	const file = join(folder, "image.bin");
	writeFileSync(file, image);
	return curl("/firmware", "-u", `admin:${password}`, "-H", `repr-digest: sha-256=:${digest}:`, "-T", file);
}

const isComplete = "The image is complete: the device restarts with it\n 200";
const times = (pattern: RegExp) => chip.output.match(pattern)?.length ?? 0;

if (whyNot === undefined) buildBoth();
const title = "Z14 firmware over HTTPS on an emulated ESP32-C3";
const [group, words] = whyNot === undefined ? [describe, title] : [describe.skip, `${title} (skipped: ${whyNot})`];
group(words, () => {
	test("an image that is cut off, one that is none and one with another SHA-256 are refused, and the firmware is the same", async () => {
		await start("--fresh");
		const image = imageOf(2);
		expect(chip.output).toContain("version 1, confirmed");
		expect(await send(image.subarray(0, 600_000))).toMatch(/The firmware is the same as before\n 422$/);
		expect(await send(Buffer.alloc(100_000, 0x5a))).toMatch(/The firmware is the same as before\n (422|500)$/);
		const other = createHash("sha256").update("other").digest("base64");
		expect(await send(image, other)).toMatch(/another SHA-256 .*\n 422$/);
		await start("--kept");
		expect(await curl("/version")).toBe("1 200");
	});

	test("the device restarts with the new one, which confirms itself at its first answer, and stays after a power cut", async () => {
		expect(await send(imageOf(2))).toBe(isComplete);
		await chip.waitFor(/^version 2, on trial[\s\S]*^listening on/m);
		expect(await curl("/version")).toBe("2 200");
		await chip.waitFor(/^confirmed: 0$/m);
		await start("--kept");
		expect(chip.output).toContain("version 2, confirmed");
	});

	test("power is cut before the new one has confirmed itself: the former one is started", async () => {
		expect(await send(imageOf(1))).toBe(isComplete);
		await chip.waitFor(/^version 1, on trial/m);
		await start("--kept");
		expect(chip.output).toContain("version 2, confirmed");
		expect(await curl("/version")).toBe("2 200");
	});

	test("nobody asks the new one for anything: it is given up, and the former one is started", async () => {
		expect(await send(imageOf(1))).toBe(isComplete);
		await chip.waitFor(/^version 1, on trial[\s\S]*^given up[\s\S]*^version 2, confirmed/m);
		expect(times(/^version 1, on trial/gm)).toBe(1);
	});
});

// host-tests/device/example.mjs: examples take turns in one place, each with a manifest for the emulated chip.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "chip-example-"));
	for (const name of ["examples", "host-tests", "modules"]) symlinkSync(join(root, name), join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const prepare = (name: string) =>
	execFileSync(process.execPath, [join(root, "host-tests/device/example.mjs"), name, "out"], {
		cwd: folder,
		encoding: "utf8"
	}).trim();

test.each(["hello", "static-site", "found-by-name"])("what the manifest of %s names is where it says", name => {
	const path = join(folder, prepare(name));
	const { include, modules } = JSON.parse(readFileSync(path, "utf8"));
	expect(include).toContain("../../../host-tests/device/hardware.json");
	expect(JSON.stringify(include)).not.toContain("manifest_example");
	for (const file of include.filter((each: string) => each.startsWith(".")))
		expect(existsSync(resolve(path, "..", file))).toBe(true);
	expect(existsSync(resolve(path, "..", `${[modules["*"]].flat()[0]}.ts`))).toBe(true);
});

test("what another example was compiled to is not taken for this one's, and what this one was is kept", () => {
	const main = join(folder, "out/tmp/esp32/esp32c3/release/example/modules/main.xsb");
	const compile = () => {
		mkdirSync(join(main, ".."), { recursive: true });
		writeFileSync(main, "");
	};
	prepare("hello");
	compile();
	prepare("hello");
	expect(existsSync(main)).toBe(true);
	prepare("chat");
	expect(existsSync(main)).toBe(false);
	compile();
	prepare("hello");
	expect(existsSync(main)).toBe(false);
});

// `make device-figures` where a program that it measures comes to its end before it is measured.

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");

/** With a desk that runs these lines of a shell in the place of any program. */
function print(platform: string, desk: string): { status: number | null; stdout: string; stderr: string } {
	const folder = mkdtempSync(join(tmpdir(), "device-figures-"));
	const toolchain = join(folder, "host-tests/toolchain");
	mkdirSync(toolchain, { recursive: true });
	for (const name of ["modules", "manifest.json", "host-tests/desk"]) symlinkSync(join(root, name), join(folder, name));
	writeFileSync(join(toolchain, "variant32.sh"), `#!/bin/sh\n${desk}\n`);
	chmodSync(join(toolchain, "variant32.sh"), 0o755);
	const script = join(root, "host-tests/desk/device-figures.mjs");
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, platform], { cwd: folder, encoding: "utf8" });
	rmSync(folder, { recursive: true });
	return { status, stdout, stderr };
}

const ended = "echo 'Out of memory' >&2; exit 3";

test.each(["esp32", "esp32c3", "esp8266"])("on an %s it says of what there are no figures, and fails", platform => {
	const { status, stdout, stderr } = print(platform, ended);
	expect(status).toBe(1);
	expect(stdout).toContain("Out of memory");
	expect(stderr).toMatch(/^Not measured: a server.*: .+\n.*PLATFORM/s);
});

test("a program that ends by itself without a word of memory fails too", () => {
	expect(print("esp32c3", "exit 0")).toMatchObject({
		status: 1,
		stderr: expect.stringMatching(/^Not measured: a server/)
	});
});

test("a platform that there is not is refused with those that there are", () => {
	expect(print("esp33", ended)).toMatchObject({
		status: 1,
		stdout: "",
		stderr: 'PLATFORM is one of esp32 esp32c3 esp8266, not "esp33"\n'
	});
});

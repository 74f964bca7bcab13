// run.mjs and bench.mjs with an emulator that only says how it was started.

import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { until } from "../../deadline";

const device = join(__dirname, "../../device");
let folder = "";

function program(name: string, script: string): void {
	const path = join(folder, name);
	mkdirSync(join(path, ".."), { recursive: true });
	writeFileSync(path, `#!/bin/bash\n${script}\n`);
	chmodSync(path, 0o755);
}

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "emulator-"));
	for (const name of ["bootloader.bin", "partition-table.bin", "xs_esp32.bin"]) writeFileSync(join(folder, name), name);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({ ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` });
const run = (...options: string[]) =>
	spawnSync(process.execPath, [join(device, "run.mjs"), "--firmware", folder, ...options], {
		env: environment(),
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"]
	});

test("an emulator prints what the chip does although nothing is typed", () => {
	// QEMU prints nothing once its input has ended.
	program("bin/qemu-system-riscv32", 'read -rt 0.2 line; (($? > 128)) && echo "listening"');
	expect(run()).toMatchObject({ status: 0, stdout: "listening\n" });
});

test("preferences stay in the flash of a chip that is started again, unless a fresh one is asked for", () => {
	program("bin/qemu-system-riscv32", "sleep 0.3");
	const flash = join(folder, "flash.bin");
	run();
	const bytes = readFileSync(flash);
	bytes.write("kept", 0x9000);
	writeFileSync(flash, bytes);
	run();
	expect(readFileSync(flash).toString("latin1", 0x9000, 0x9004)).toBe("kept");
	run("--fresh");
	expect(readFileSync(flash).toString("latin1", 0x9000, 0x9004)).toBe("\xff".repeat(4));
});

test("a flash that is kept is started as it was left, with the firmware that it was updated to", () => {
	program("bin/qemu-system-riscv32", "sleep 0.3");
	const flash = join(folder, "flash.bin");
	const text = () => readFileSync(flash).toString("latin1", 0x10000, 0x10008);
	run("--kept");
	expect(text()).toBe("xs_esp32");
	const bytes = readFileSync(flash);
	bytes.write("updated!", 0x10000);
	writeFileSync(flash, bytes);
	run("--kept");
	expect(text()).toBe("updated!");
	run();
	expect(text()).toBe("xs_esp32");
});

test("an emulator that is not there is said, and one that is stopped has not failed", async () => {
	const { status, stderr } = spawnSync(process.execPath, [join(device, "run.mjs"), "--firmware", folder], {
		env: { PATH: folder },
		encoding: "utf8"
	});
	expect([status, stderr]).toEqual([1, expect.stringContaining("emulator: spawn qemu-system-riscv32 ENOENT")]);
	program("bin/qemu-system-riscv32", "echo started; exec sleep 60");
	const child = spawn(process.execPath, [join(device, "run.mjs"), "--firmware", folder], { env: environment() });
	child.stdout.once("data", () => child.kill("SIGINT"));
	expect(await new Promise(resolve => child.on("close", resolve))).toBe(0);
});

test("figures that cannot be taken leave no emulator behind", async () => {
	program("host-tests/toolchain/emulator.sh", 'echo $$ >pid; echo "listening on 443"; exec sleep 60');
	const { status } = spawnSync(process.execPath, [join(device, "bench.mjs")], { cwd: folder, encoding: "utf8" });
	expect(status).not.toBe(0);
	// It has ended, and somebody has taken note of that.
	const entry = `/proc/${readFileSync(join(folder, "pid"), "utf8").trim()}`;
	await until(() => !existsSync(entry), "an end of the emulator");
});

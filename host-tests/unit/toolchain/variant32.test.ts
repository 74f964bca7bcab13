import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const script = join(__dirname, "../../toolchain/variant32.sh");
let bin = "";

beforeEach(() => {
	bin = mkdtempSync(join(tmpdir(), "variant32-test-"));
	for (const name of ["mktemp", "chmod", "rm"]) symlinkSync(join("/bin", name), join(bin, name));
	program("uname", "echo x86_64");
});

afterEach(() => rmSync(bin, { recursive: true, force: true }));

/** Takes the place of the machine's own. */
function program(name: string, line: string): void {
	rmSync(join(bin, name), { force: true });
	writeFileSync(join(bin, name), `#!/bin/bash\n${line}\n`);
	chmodSync(join(bin, name), 0o755);
}

const run = (parameters: string, env: Record<string, string> = {}) =>
	spawnSync("/bin/bash", [script, ...parameters.split(" ")], { env: { PATH: bin, ...env }, encoding: "utf8" });

const gcc = "gcc -m32 -fno-pie -no-pie\n";
const cross = "i686-linux-gnu-gcc -fno-pie -static\n";

test("gcc makes 32-bit programs on x86, a cross compiler elsewhere and where there is one", () => {
	expect(run("compiler m32").stdout).toBe(gcc);
	expect(run("compiler m32", { M32: "cross" }).stdout).toBe(cross);
	program("i686-linux-gnu-gcc", "");
	expect(run("compiler m32").stdout).toBe(cross);
	expect(run("compiler m32", { M32: "gcc" }).stdout).toBe(gcc);
	program("uname", "echo aarch64");
	expect(run("compiler m32").stdout).toBe(cross);
});

test("they run in an emulator where the kernel does not run them", () => {
	expect(run("way m32", { RUN_32: "directly" }).stdout).toBe("directly\n");
	expect(run("way m32", { RUN_32: "qemu" }).stdout).toBe("qemu-i386\n");
	// Spoils the program that is tried.
	program("chmod", '/bin/chmod "$@"; printf "\\177ELF" >"$2"');
	expect(run("way m32").stdout).toBe("qemu-i386\n");
	program("uname", "echo aarch64");
	expect(run("way m32").stdout).toBe("qemu-i386\n");
});

test("what is tried leaves nothing behind, and nothing on the console", () => {
	program("mktemp", `/bin/mktemp -p ${bin}`);
	const { stderr, stdout } = run("way m32");
	expect([stderr, stdout]).toEqual(["", expect.stringMatching(/^(directly|qemu-i386)\n$/)]);
	expect(spawnSync("ls", [bin], { encoding: "utf8" }).stdout).not.toContain("tmp.");
});

test("signals reach the program: the script becomes it, or the emulator", () => {
	program("qemu-i386", 'echo $$ "$@"');
	program("qemu-riscv32", 'echo $$ "$@" >&2');
	program("desk", 'echo $$ "$@"');
	const emulated = run("run m32 desk a b", { RUN_32: "qemu" });
	expect(emulated.stdout).toBe(`${emulated.pid} -cpu n270 desk a b\n`);
	const direct = run("run m32 desk a b", { RUN_32: "directly" });
	expect(direct.stdout).toBe(`${direct.pid} a b\n`);
	const withAES = run("run m32-aes desk a b", { RUN_32: "directly" });
	expect(withAES.stdout).toBe(`${withAES.pid} -cpu max desk a b\n`);
	const device = run("run rv32 test");
	expect(device.stdout).toBe(`${device.pid} -cpu rv32,a=off,f=off,d=off test\n`);
});

test("a TMPDIR in which nothing can be written or run is named, and no guess is made", () => {
	const refusal = (what: string) => ({ status: 2, stdout: "", stderr: `variant32: ${what}\n` });
	const advice = "set TMPDIR to another folder, or RUN_32";
	expect(run("way m32", { TMPDIR: "/nonexistent" })).toMatchObject(
		refusal(`no file can be made in /nonexistent: ${advice}`)
	);
	program("chmod", "");
	expect(run("run m32 desk", { TMPDIR: bin })).toMatchObject(refusal(`no program can be run in ${bin}: ${advice}`));
	expect(run("way m32", { TMPDIR: bin, RUN_32: "qemu" }).stdout).toBe("qemu-i386\n");
});

test.each([
	["compiler m32", { M32: "clang" }, "M32 is gcc or cross, not clang"],
	["run m32 desk", { RUN_32: "wine" }, "RUN_32 is directly or qemu, not wine"],
	["way release", {}, "there is no variant 'release' for 32 bits"],
	["way m32-aes", {}, "there is no variant 'm32-aes' for 32 bits"],
	["run m32", {}, "run m32 wants a program"],
	["start m32", {}, "compiler, way or run, not 'start'"]
])("%s is refused where it makes no sense", (parameters, env, message) => {
	const { status, stderr } = run(parameters, env);
	expect([status, stderr]).toEqual([2, `variant32: ${message}\n`]);
});

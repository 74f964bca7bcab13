import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");

function make(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
	return spawnSync("make", ["-n", "-C", root, ...parameters], { encoding: "utf8" });
}

test.each([
	["build", "m64", "release debug m32 device bench profile"],
	["run", "", "release debug m32 device bench profile"],
	["engine-test", "device", "release debug m32 rv32 esp8266"],
	["desk", "rv32", "release debug m32 device bench profile"],
	["mbedtls", "nope", "release debug m32 device bench profile pic"]
])("make %s VARIANT=%s is refused with those that there are", (goal, variant, known) => {
	const { status, stderr } = make(goal, `VARIANT=${variant}`);
	expect([status, stderr]).toEqual([
		2,
		expect.stringMatching(`\\*\\*\\* VARIANT is one of ${known}, not "${variant}"\\.`)
	]);
});

test.each([
	["run", "VARIANT=device", "PLATFORM=foo"],
	["build", "VARIANT=device", "PLATFORM="],
	["siege", "PLATFORM=esp32/esp32s3"],
	["device-figures", "PLATFORM=desk"]
])("make %s %s %s is refused with the devices that there are", (...parameters) => {
	const { status, stderr } = make(...parameters);
	expect([status, stderr]).toEqual([2, expect.stringMatching(/\*\*\* PLATFORM is one of esp32 esp32c3 esp, not "/)]);
});

test.each([
	["firmware", "PLATFORM is esp32 or esp, or a board of one (esp32/esp32c3)", "PLATFORM", "esp33"],
	["bundle", "PLATFORM is esp32 or esp, or a board of one (esp32/esp32c3)", "PLATFORM", "lin"],
	["flash-figures", "PLATFORM is esp32 or esp, or a board of one (esp32/esp32c3)", "PLATFORM", ""],
	["flash-parts", "PLATFORM is esp32 or esp, or a board of one (esp32/esp32c3)", "PLATFORM", "esp32c3"],
	["example", "ON is simulator, emulator, esp32, esp or a board of one (esp32/esp32c3)", "ON", "simulater"],
	["cross-compile", "CORE is rv32imc or lx106", "CORE", "lx107"],
	["firmware", "BUNDLE is yes or no", "BUNDLE", "maybe"],
	["fuzz", "SECONDS is a whole number from 1 on", "SECONDS", "0"],
	["siege", "SECONDS is a whole number from 1 on", "SECONDS", "1m"],
	["siege", "SEED is a whole number", "SEED", "first"]
])("make %s says that %s, before anything is built, for another %s", (goal, what, name, value) => {
	const { status, stderr } = make(goal, `${name}=${value}`);
	expect([status, stderr]).toEqual([2, expect.stringContaining(`*** ${what}, not "${value}".`)]);
});

test.each([
	["help", "VARIANT=device", "PLATFORM=esp"],
	["help", "VARIANT=device", "PLATFORM=esp32/esp32c3"],
	["help", "PLATFORM=esp32/esp32s3"]
])("make %s %s %s is taken", (...parameters) => expect(make(...parameters).status).toBe(0));

test("a PORT that is none is refused before anything is built", () => {
	for (const port of ["abc", "-1", "65536", "8443 9"])
		expect(make("run", `PORT=${port}`).stderr).toContain(`*** PORT is 0 to 65535, not "${port}".`);
	for (const port of ["", "0", "65535"]) expect(make("help", `PORT=${port}`).status).toBe(0);
});

test("what serves with an identity of the device's own makes none beforehand", () => {
	// Where nothing is built some of it cannot be told ahead, and the rest is told all the same.
	const made = (identity: string) =>
		make("-k", "run", `IDENTITY=${identity}`).stdout.includes("certs.mjs server --out build/identity");
	expect([made("prepared"), made("device")]).toEqual([true, false]);
});

test("make help names every variable that has a default, and those that scripts read", () => {
	const { stdout } = spawnSync("make", ["-C", root, "--no-print-directory", "help"], { encoding: "utf8" });
	const named = new Set([...stdout.matchAll(/^ {2}(\w+)=/gm)].map(([, name]) => name));
	const makefile = readFileSync(join(root, "Makefile"), "utf8");
	const defaults = [...makefile.matchAll(/^(\w+) \?=/gm)].map(([, name]) => name as string);
	expect(defaults).toEqual(expect.arrayContaining(["VARIANT", "SECONDS", "KEY"]));
	for (const name of [...defaults, "PORT", "IDENTITY", "BENCH", "JUDGES", "M32", "RUN_32"])
		expect(named).toContain(name);
});

test("the desk's own makefile refuses a variant too", () => {
	const { stderr } = make("-f", "host-tests/desk/desk.mk", "VARIANT=rv32", "desk");
	expect(stderr).toMatch('VARIANT is one of release debug m32 bench profile device, not "rv32"');
});

test("another compiler for 32 bits makes anew what depends on it", () => {
	const folder = mkdtempSync(join(tmpdir(), "variants-test-"));
	const stamp = join(folder, "build/compiler/m32");
	const read = (m32: string) => {
		const line = "--eval=include host-tests/toolchain/compiler.mk";
		spawnSync("make", ["-C", folder, line, "--eval=none: ;", "VARIANT=m32", `M32=${m32}`, "none"]);
		return [readFileSync(stamp, "utf8"), statSync(stamp).mtimeMs];
	};
	for (const name of ["compiler.mk", "variant32.sh"])
		cpSync(join(root, "host-tests/toolchain", name), join(folder, "host-tests/toolchain", name));
	expect(existsSync(stamp)).toBe(false);
	const gcc = "gcc -m32 -fno-pie -no-pie\n";
	expect(read("gcc")[0]).toBe(gcc);
	utimesSync(stamp, 1, 1);
	expect(read("gcc")).toEqual([gcc, 1000]);
	const [compiler, time] = read("cross");
	expect(compiler).toBe("i686-linux-gnu-gcc -fno-pie -static\n");
	expect(time).toBeGreaterThan(1000);
	rmSync(folder, { recursive: true });
});

test("all objects of 32 bits depend on the compiler that makes them", () => {
	for (const name of ["desk/desk.mk", "desk/xs/xs.mk", "engine/engine.mk", "fuzz/fuzz.mk", "toolchain/mbedtls.mk"]) {
		const text = readFileSync(join(root, "host-tests", name), "utf8");
		const rules = text.match(/^[^\t#\n].*:.*\n(?:\t@mkdir.*\n)?\t@\$\(COMPILER\) .* -c .*$/gm) as string[];
		expect(rules.length).toBeGreaterThan(0);
		for (const rule of rules) expect(rule).toContain("$(COMPILER_STAMP)");
	}
});

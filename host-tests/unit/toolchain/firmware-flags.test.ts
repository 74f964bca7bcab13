// moddable.sh with an SDK and an ESP-IDF that only say what they are asked for.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { writeIn } from "./write-in";

let clone = "";

const write = (name: string, text: string, mode?: number) => writeIn(clone, name, text, mode);

/** Writes a makefile that prints with which options ESP-IDF would be configured. */
const mcconfig = `#!/bin/bash
while (($#)); do [[ $1 != -p ]] || platform=$2; [[ $1 != -o ]] || out=$2; shift; done
mkdir -p $out/tmp/$platform/release/app
printf 'build:\\n\\t@echo "$(IDF_BUILD_OPTIONS)"\\n' >$out/tmp/$platform/release/app/makefile
`;

beforeEach(() => {
	clone = mkdtempSync(join(tmpdir(), "firmware-flags-"));
	for (const name of ["moddable.sh", "typescript.mjs"])
		cpSync(join(__dirname, "../../toolchain", name), join(clone, "host-tests/toolchain", name));
	for (const tool of ["xsc", "xsl"]) write(`sdk/build/bin/lin/release/${tool}`, "#!/bin/true\n", 0o755);
	write("sdk/build/bin/lin/release/mcconfig", mcconfig, 0o755);
	write("idf/export.sh", "");
	write("app/manifest.json", "{}");
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

function build(platform: string) {
	const env = { PATH: process.env.PATH ?? "", MODDABLE: join(clone, "sdk"), IDF_PATH: join(clone, "idf") };
	const script = join(clone, "host-tests/toolchain/moddable.sh");
	return spawnSync("/bin/bash", [script, platform, join(clone, "app/manifest.json"), join(clone, "out")], {
		env,
		encoding: "utf8"
	});
}

const half = "out/tmp/esp32/esp32c3/release/app/xsProj-esp32c3/build";
const configured = () => existsSync(join(clone, half, "config/sdkconfig.h"));

test("the linker looks back for what only mbedTLS wants of ours", () => {
	const { status, stdout } = build("esp32/esp32c3");
	expect(status).toBe(0);
	const wrapped = [...stdout.matchAll(/--wrap=(\w+)/g)].map(([, name]) => name);
	expect(wrapped).toContain("mbedtls_ecp_mul");
	for (const name of wrapped) expect(stdout).toContain(`--undefined=__wrap_${name}`);
});

test("chips with curves in hardware keep them", () => {
	for (const platform of ["esp32/esp32c6", "esp32/esp32h2"])
		expect(build(platform).stdout).not.toContain("mbedtls_ecp_mul");
});

test("a folder that was configured without the products on curves is configured anew", () => {
	write(`${half}/build.ninja`, "LINK_FLAGS = -nostdlib\n");
	write(`${half}/config/sdkconfig.h`, "");
	build("esp32/esp32c3");
	expect(configured()).toBe(false);
});

test("a folder is configured anew when its settings are others, and not when they are the same", () => {
	const [flags = ""] = /-Wl,\S*/.exec(build("esp32/esp32c3").stdout) ?? [];
	write(`${half}/build.ninja`, flags);
	const buildWith = (settings: string) => {
		write(`${dirname(half)}/sdkconfig.mc`, settings);
		write(`${half}/config/sdkconfig.h`, "");
		build("esp32/esp32c3");
		return configured();
	};
	expect([buildWith("A=y"), buildWith("A=y"), buildWith("A=n")]).toEqual([false, true, false]);
});

test("an image of an earlier time is not taken for this one's", () => {
	write(`${half}/xs_esp32.bin`, "");
	build("esp32/esp32c3");
	expect(existsSync(join(clone, half, "xs_esp32.bin"))).toBe(false);
});

test.each(["build.ninja", "toolchain/ldflags"])("a folder that has them in %s is left as it is", file => {
	const [flags = ""] = /-Wl,\S*/.exec(build("esp32/esp32c3").stdout) ?? [];
	write(`${half}/build.ninja`, "");
	write(`${half}/${file}`, `LINK_FLAGS = ${flags}\n`);
	write(`${half}/config/sdkconfig.h`, "");
	build("esp32/esp32c3");
	expect(configured()).toBe(true);
});

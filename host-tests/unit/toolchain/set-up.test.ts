import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const toolchain = join(__dirname, "../../toolchain");
let clone = "";

beforeEach(() => {
	clone = mkdtempSync(join(tmpdir(), "set-up-test-"));
	for (const name of ["fiat-source.sh", "mbedtls-source.sh", "node.sh"])
		cpSync(join(toolchain, name), join(clone, "host-tests/toolchain", name));
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

function run(script: string, env: Record<string, string>): { status: number | null; stderr: string } {
	const path = join(clone, "host-tests/toolchain", script);
	return spawnSync("/bin/bash", [path], { env: { PATH: process.env.PATH ?? "", ...env }, encoding: "utf8" });
}

const fetchFrom = (directory: string) => run("mbedtls-source.sh", { MBEDTLS_DIR: directory });
const fetched = () => join(clone, "build/cache/mbedtls/source");

/** As much of a source tree of mbedTLS as is looked at. */
function tree(version: string, without?: string): string {
	const path = join(clone, `mbedtls-${version}`);
	const generated = ["error.c", "version_features.c", "ssl_debug_helpers_generated.c", "psa_crypto_driver_wrappers.h"];
	mkdirSync(join(path, "include/mbedtls"), { recursive: true });
	mkdirSync(join(path, "library"));
	writeFileSync(join(path, "include/mbedtls/build_info.h"), `#define MBEDTLS_VERSION_STRING "${version}"\n`);
	for (const name of ["ssl_tls.c", ...generated].filter(name => name !== without))
		writeFileSync(join(path, "library", name), "");
	return path;
}

test("MBEDTLS_DIR with an empty library folder is refused", () => {
	mkdirSync(join(clone, "empty/library"), { recursive: true });
	const { status, stderr } = fetchFrom(join(clone, "empty"));
	expect([status, stderr]).toEqual([1, expect.stringContaining("holds no mbedTLS source tree. Set it to the root")]);
	expect(existsSync(fetched())).toBe(false);
});

test.each(["2.28.3", "3.5.2", "4.0.0"])("MBEDTLS_DIR with mbedTLS %s is refused", version => {
	const { status, stderr } = fetchFrom(tree(version));
	expect([status, stderr]).toEqual([1, expect.stringContaining(`mbedTLS ${version}. This project needs 3.6 or later`)]);
});

test("MBEDTLS_DIR without what a release has generated is refused", () => {
	expect(fetchFrom(tree("3.6.4", "error.c")).stderr).toContain(
		"lacks library/error.c. Run there: make generated_files"
	);
});

test("MBEDTLS_DIR is copied once, and a later value takes its place", () => {
	const [first, second] = [tree("3.6.2"), tree("3.6.4")];
	expect(fetchFrom(first)).toMatchObject({ status: 0, stderr: expect.stringContaining("mbedTLS 3.6.2 is in") });
	expect(fetchFrom(first)).toMatchObject({ status: 0, stderr: "" });
	mkdirSync(join(clone, "build/mbedtls/release"), { recursive: true });
	expect(fetchFrom(second)).toMatchObject({ status: 0, stderr: expect.stringContaining("mbedTLS 3.6.4 is in") });
	expect(readFileSync(join(fetched(), "include/mbedtls/build_info.h"), "utf8")).toContain("3.6.4");
	expect(existsSync(join(clone, "build/mbedtls"))).toBe(false);
});

test("FIAT_DIR is copied whole, or refused", () => {
	const source = join(clone, "fiat");
	const names = ["p256_32.h", "p256_64.h", "p256_64_msvc.h", "curve25519_32.h", "curve25519_64.h", "LICENSE"];
	mkdirSync(source);
	for (const name of names) writeFileSync(join(source, name), name);
	expect(run("fiat-source.sh", { FIAT_DIR: source })).toMatchObject({
		status: 0,
		stderr: expect.stringContaining("is in")
	});
	expect(run("fiat-source.sh", { FIAT_DIR: source })).toMatchObject({ status: 0, stderr: "" });
	for (const name of names) expect(readFileSync(join(clone, "build/cache/fiat", name), "utf8")).toBe(name);
	const { status, stderr } = run("fiat-source.sh", { FIAT_DIR: clone });
	expect([status, stderr]).toEqual([1, expect.stringContaining("lacks p256_32.h. Set it to third_party/fiat")]);
	expect(existsSync(join(clone, "build/cache/fiat/p256_32.h"))).toBe(true);
});

test("of fiat-crypto's 32 bits there is one more with the processor's carry, in which nothing else differs", () => {
	const source = join(clone, "fiat");
	const add = "static INLINE void fiat_p256_addcarryx_u32(uint32_t* out1, uint32_t arg3) {";
	const subtract = add.replace("addcarryx", "subborrowx");
	const others = "\n}\n\nstatic void fiat_p256_mul(x) {\n  fiat_p256_addcarryx_u32(&x1, x2);\n}\n";
	mkdirSync(source);
	for (const name of ["p256_64.h", "p256_64_msvc.h", "curve25519_32.h", "curve25519_64.h", "LICENSE"])
		writeFileSync(join(source, name), name);
	writeFileSync(join(source, "p256_32.h"), `${add}\n  x1 = 1;\n  *out1 = x1;\n}\n\n${subtract}\n  x2 = 2;${others}`);
	expect(run("fiat-source.sh", { FIAT_DIR: source }).status).toBe(0);
	expect(readFileSync(join(clone, "build/cache/fiat/p256_32_carry.h"), "utf8")).toBe(
		`${add}\n  *out2 = xstls_add_carry(arg1, arg2, arg3, out1);\n}\n\n` +
			`${subtract}\n  *out2 = xstls_subtract_borrow(arg1, arg2, arg3, out1);${others}`
	);
});

test.each([
	["no Node.js", {}, "Node.js is not installed"],
	["an old Node.js", { node: "echo 18.19.0" }, "Node.js 18.19.0 is too old"],
	["no npm", { node: "echo 20.1.0" }, "npm is not installed"],
	["an old npm", { node: "echo 20.1.0", npm: "echo 6.14.4" }, "npm 6.14.4 is too old"]
])("%s is reported in one line", (_, programs, message) => {
	const bin = join(clone, "bin");
	mkdirSync(bin);
	for (const [name, line] of Object.entries(programs)) {
		writeFileSync(join(bin, name), `#!/bin/bash\n${line}\n`);
		chmodSync(join(bin, name), 0o755);
	}
	const { status, stderr } = run("node.sh", { PATH: bin });
	expect([status, stderr]).toEqual([
		1,
		`node: ${message}. Get Node.js 20 or later with its npm from https://nodejs.org/en/download\n`
	]);
});

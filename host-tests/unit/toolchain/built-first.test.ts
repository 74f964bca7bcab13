// Who compiles a firmware before `make modules` is told of that command, whichever file the compiler comes to first.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
const { platforms } = JSON.parse(readFileSync(join(root, "modules/tls/manifest.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "built-first-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles an empty file with the flags that the manifest gives to the simulator. */
function compile() {
	const variables: Record<string, string> = {
		XSTLS_DIR: join(root, "modules/tls"),
		XSTLS_MBEDTLS_INCLUDE: join(folder, "include"),
		XSTLS_MBEDTLS_LIBRARY: join(folder, "libmbedtls.a"),
		XSTLS_FIAT_SOURCE: join(folder, "fiat")
	};
	const flags = (platforms.lin.build.C_FLAGS as string).replace(/\$\((\w+)\)/g, (_, name) => variables[name] as string);
	const { status, stderr } = spawnSync("sh", ["-c", `cc ${flags} -fsyntax-only -x c /dev/null`], { encoding: "utf8" });
	return { status, stderr };
}

test("the error names `make modules`, which README.md names too, until mbedTLS is there and compiled", () => {
	expect(compile()).toMatchObject({
		status: 1,
		stderr: expect.stringMatching(/mbedTLS is not there yet.*: make modules/)
	});
	mkdirSync(join(folder, "include/mbedtls"), { recursive: true });
	writeFileSync(join(folder, "include/mbedtls/build_info.h"), "");
	expect(compile()).toMatchObject({
		status: 1,
		stderr: expect.stringMatching(/mbedTLS is not compiled yet.*: make modules/)
	});
	writeFileSync(join(folder, "libmbedtls.a"), "");
	expect(compile()).toEqual({ status: 0, stderr: "" });
	expect(readFileSync(join(root, "README.md"), "utf8")).toContain("make -C https modules");
});

test("`make modules` makes what those flags name", () => {
	const plan = execFileSync("make", ["-n", "-C", root, "modules"], { encoding: "utf8" });
	expect(plan).toContain("mbedtls VARIANT=pic");
	expect(platforms.lin.build["XSTLS_MBEDTLS_LIBRARY ?="]).toContain("build/mbedtls/pic/libmbedtls.a");
});

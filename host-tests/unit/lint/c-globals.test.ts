import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const lint = join(__dirname, "../../lint/c-globals.mjs");

function problemsOf(source: string): { status: number | null; lines: string[] } {
	const folder = mkdtempSync(join(tmpdir(), "c-globals-test-"));
	const object = join(folder, "tls-a.o");
	writeFileSync(join(folder, "tls-a.c"), source);
	spawnSync("gcc", ["-c", "-o", object, join(folder, "tls-a.c")]);
	const { status, stderr } = spawnSync(process.execPath, [lint, "nm", object], { encoding: "utf8" });
	rmSync(folder, { recursive: true });
	return { status, lines: stderr.trim().split("\n").filter(Boolean) };
}

const ours = "int xstls_a(void) { return 1; }";

test("Z13 our prefix, what is static, what is only used, and what mbedTLS calls by its name", () => {
	const source = `${ours} static int xstls_prf(void) { return 2; } extern int xstls_init(void);
int xstls_b(void) { return xstls_prf() + xstls_init(); }
void xs_xstls_c(void) {}
void mbedtls_internal_ecp_free(void) {}`;
	expect(problemsOf(source)).toEqual({ status: 0, lines: [] });
});

test.each([
	["a function", "int xstls_prf(void) { return 1; }", "xstls_prf"],
	["a variable", "int count = 1;", "count"],
	["a variable without a value", "int count;", "count"],
	["a constant", "const int xstls_table[] = {1};", "xstls_table"],
	["a function for JavaScript", "void xs_xstls_random(void) {}", "xs_xstls_random"],
	["a weak function", "__attribute__((weak)) int xstl_a(void) { return 1; }", "xstl_a"],
	["another name of mbedTLS", "void mbedtls_free(void) {}", "mbedtls_free"]
])("Z13 %s with another name is refused", (_, source, name) => {
	const lines = [`tls-a.o: ${name} does not begin with xstls_ or xs_xstls_`];
	expect(problemsOf(`${ours} ${source}`)).toEqual({ status: 1, lines });
});

test("Z13 objects without a global name are refused: nothing would be checked", () => {
	expect(problemsOf("static int a;").status).toBe(1);
});

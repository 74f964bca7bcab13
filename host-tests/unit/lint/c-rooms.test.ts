import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
const engine = "modules/tls/engine";
let copy = "";

beforeEach(() => {
	copy = mkdtempSync(join(tmpdir(), "c-rooms-test-"));
	const filter = (path: string) => !path.endsWith(".ts");
	for (const folder of ["modules", "host-tests/desk"])
		cpSync(join(root, folder), join(copy, folder), { recursive: true, filter });
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

function problemsAfter(...additions: [path: string, line: string][]): string[] {
	for (const [path, line] of additions) appendFileSync(join(copy, path), `${line}\n`);
	const lint = spawnSync(process.execPath, [join(root, "host-tests/lint/layers.mjs")], { cwd: copy, encoding: "utf8" });
	return lint.stderr.trim().split("\n");
}

test.each([
	[
		`${engine}/open/tls-open.c`,
		'#include "handshake/tls-bio.h"',
		"includes handshake/tls-bio.h, which stands beside it"
	],
	[`${engine}/port/tls-alloc.c`, '#include "record/tls-hmac.h"', "includes record/tls-hmac.h, which stands above it"],
	[`${engine}/port/tls-alloc.c`, "#include <record/tls-hmac.h>", "includes record/tls-hmac.h, which stands above it"],
	[`${engine}/port/tls-alloc.c`, "# include NAME", "includes by a macro"],
	[`${engine}/port/tls-alloc.c`, '#import "record/tls-hmac.h"', "includes by #import"],
	[`${engine}/port/tls-alloc.c`, '#include_next "record/tls-hmac.h"', "includes by #include_next"],
	[`${engine}/port/tls-alloc.c`, '%:include "record/tls-hmac.h"', "includes by %:include"],
	[`${engine}/port/tls-alloc.c`, '??=include "record/tls-hmac.h"', "includes by ??=include"],
	[
		`${engine}/port/tls-alloc.c`,
		'#inc\\\nlude "record/tls-hmac.h"',
		"includes record/tls-hmac.h, which stands above it"
	],
	[
		`${engine}/port/tls-alloc.c`,
		'#/**/include "record/tls-hmac.h"',
		"includes record/tls-hmac.h, which stands above it"
	],
	[
		`${engine}/port/tls-alloc.c`,
		'static char a[] = "/*";\n#include "record/tls-hmac.h"\nstatic char b[] = "*/";',
		"includes record/tls-hmac.h, which stands above it"
	],
	[`${engine}/state/tls-state.c`, '#include "tls-client.c"', "includes tls-client.c, which is no header"],
	[`${engine}/state/tls-state.c`, '#include "xsmc.h"', "is engine and includes XS"],
	["modules/tls/xs/tls-random-xs.c", '#include "psa/crypto.h"', "is glue and includes mbedTLS"],
	[
		"modules/tls/xs/tls-random-xs.c",
		'#include "record/tls-outbox.h"',
		"includes record/tls-outbox.h, which layers.json does not list"
	],
	[
		"modules/identity/engine/tls-pem.c",
		'#include "record/tls-outbox.h"',
		"includes record/tls-outbox.h, which layers.json does not list as public to modules/identity/engine"
	],
	[`${engine}/state/tls-state.c`, "int xstls_stray(struct x *(*f)(int), int n) { return n; }", "defines xstls_stray"],
	[`${engine}/state/tls-state.c`, "const int xstls_stray[] = {1, 2};", "defines xstls_stray"],
	[`${engine}/state/tls-state.c`, "void xstls_abort(void *h, int library);", "declares xstls_abort for itself"],
	[`${engine}/port/tls-alloc.c`, "extern int xstls_abort(void *h, int library);", "declares xstls_abort for itself"],
	[
		`${engine}/state/tls-state.h`,
		"void xstls_session_step(void *session);",
		"declares xstls_session_step, which tls-state.c does not define"
	],
	[`${engine}/state/tls-state.h`, "int xstls_stray(void) { return 1; }", "defines xstls_stray: headers only declare"],
	["modules/tls/engine/x509/tls-state.h", "// a second one", "has the name of modules/tls/engine/state/tls-state.h"],
	["modules/tls/stray.c", "// a first line", "stands in no room"]
])("what breaks the rule for C is found: %s with %j", (path, line, problem) => {
	expect(problemsAfter([path, line])).toContainEqual(expect.stringContaining(`${path} ${problem}`));
});

const questions = [
	"#if ESP_PLATFORM",
	"#ifdef __XTENSA__",
	"#if defined(CONFIG_IDF_TARGET_ESP32C3)",
	"#if TF_PSA_CRYPTO_VERSION_NUMBER",
	"#if __riscv_xlen == 32",
	"#ifndef __x86_64__",
	"#ifdef __ets__",
	"#if defined(ESP_\\\nPLATFORM)",
	"#define IS_NEW (MBEDTLS_VERSION_NUMBER >= 0x04000000)",
	'#include "mbedtls/version.h"',
	"#include <esp_heap_caps.h>",
	"#include <immintrin.h>"
];

test("only the port asks for a version or platform", () => {
	const additions = questions.flatMap((line, index): [string, string][] => [
		[`${engine}/state/tls-asks-${index}.h`, line],
		[`${engine}/port/tls-port-asks-${index}.h`, line]
	]);
	const problems = problemsAfter(...additions);
	expect(problems).toHaveLength(questions.length);
	for (const index of questions.keys())
		expect(problems).toContainEqual(expect.stringMatching(new RegExp(`/state/tls-asks-${index}.h asks for a version`)));
});

test.each([
	["host-tests/desk/loop/loop.c", '#include "sockets/tcp.h"', "includes sockets/tcp.h, which stands above it"],
	["host-tests/desk/storage/file.c", '#include "loop/loop.h"', "includes loop/loop.h, which stands beside it"],
	["host-tests/desk/programs/stray.c", "// a first line", "stands in no room"]
])("the desk host has rooms too: %s with %j", (path, line, problem) => {
	expect(problemsAfter([path, line])).toContainEqual(expect.stringContaining(`${path} ${problem}`));
});

test("a circle of two files of a room is found", () => {
	expect(problemsAfter([`${engine}/state/tls-client.c`, '#include "tls-state.h"'])).toEqual([
		`circle in ${engine}/state: tls-client -> tls-state -> tls-client`
	]);
});

test("static functions, comments and strings are passed over", () => {
	const lines = '// int xstls_stray(void) {\nstatic const char *f(void);\nstatic const char *f(void) { return "{"; }';
	expect(problemsAfter([`${engine}/state/tls-state.c`, lines])).toEqual([""]);
});

import { spawnSync } from "node:child_process";
import {
	appendFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
const engine = "modules/tls/engine";
let copy = "";

beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), "c-rooms-test-"));
	const filter = (path: string) => /(?:^|\/)[^.]+$|\.[ch]$/.test(path);
	for (const folder of ["modules", "host-tests/desk"])
		cpSync(join(root, folder), join(copy, folder), { recursive: true, filter });
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function problemsAfter(...additions: [path: string, line: string][]): string[] {
	const paths = additions.map(([path]) => join(copy, path));
	const before = paths.map(path => (existsSync(path) ? readFileSync(path) : undefined));
	for (const path of paths) mkdirSync(dirname(path), { recursive: true });
	for (const [path, line] of additions) appendFileSync(join(copy, path), `${line}\n`);
	const lint = spawnSync(process.execPath, [join(root, "host-tests/lint/layers.mjs")], { cwd: copy, encoding: "utf8" });
	for (const [index, path] of paths.entries()) {
		const text = before[index];
		if (text === undefined) rmSync(path);
		else writeFileSync(path, text);
	}
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
	[`${engine}/state/tls-state.c`, '#include "mc.xs.h"', "is engine and includes XS"],
	["modules/tls/xs/tls-random-xs.c", '#include "psa/crypto.h"', "is glue and includes mbedTLS"],
	["modules/tls/xs/tls-random-xs.c", "#include <tf-psa-crypto/build_info.h>", "is glue and includes mbedTLS"],
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
	[
		`${engine}/port/tls-alloc.c`,
		"#ifdef ESP_PLATFORM\nint tls_prf(void) { return 1; }\n#endif",
		"defines tls_prf, which does not begin with xstls_"
	],
	["modules/tls/engine/x509/tls-state.h", "// a second one", "has the name of modules/tls/engine/state/tls-state.h"],
	["modules/tls/stray.c", "// a first line", "stands in no room"]
])("what breaks the rule for C is found: %s with %j", (path, line, problem) => {
	expect(problemsAfter([path, line])).toContainEqual(expect.stringContaining(`${path} ${problem}`));
});

const questions = [
	"#ifdef __GLIBC__",
	"#if __PICOLIBC__ + 0",
	"%:ifdef __FreeBSD__",
	"#ifdef TARGET_RT_MAC",
	"#if UINTPTR_MAX == 0xffffffff",
	"static int narrow(void) { return UINTPTR_MAX < UINT64_MAX; }",
	"#if __BYTE_ORDER__ == 1234",
	"#elif PSA_CRYPTO_API_VERSION_MAJOR > 1",
	'#if __has_include("mbedtls/ssl_misc.h")',
	"#elifdef _WIN32",
	"#include <tf-psa-crypto/build_info.h>",
	"#include <sys/param.h>",
	"#if ESP_PLATFORM",
	"#define PASTE(a, b) a##b",
	"#define PASTE(name) ESP_##name",
	"#define SUITE(suite) XMBEDTLS_##suite",
	"#define PASTE(a, b) a%:%:b",
	"static const int wide = TLS_NUMBER(VERSION_NUMBER);",
	"#ifdef TLS_IS_ESP",
	"#ifdef TLS_STATE_H",
	"#ifdef XSTLS_MBEDTLS_LIBRARY",
	"#ifdef MBEDTLS_HAVE_TIME",
	"#ifdef MBEDTLS_SSL_H",
	'static void stop(void) { asm("nop"); }',
	'static void stop(void) { __asm__("nop"); }',
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
	[
		"host-tests/desk/loop/loop.c",
		'#include "session/tls-session.h"',
		"includes session/tls-session.h, which layers.json does not list as known to host-tests/desk/loop"
	],
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

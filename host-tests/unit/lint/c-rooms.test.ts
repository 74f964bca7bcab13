import { expect, test } from "@jest/globals";
import { engine, problemsAfter } from "./c-copy";

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

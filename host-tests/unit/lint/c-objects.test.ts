import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const lint = join(__dirname, "../../lint/c-objects.mjs");
const engine = "modules/tls/engine";
let folder = "";

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "c-objects-test-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function gcc(...parameters: string[]): string {
	const run = spawnSync("gcc", ["-std=gnu11", "-w", `-I${engine}`, ...parameters], { cwd: folder, encoding: "utf8" });
	expect(run.stderr).toBe("");
	return run.stdout;
}

// Two files that are as they should be, but for the text of the upper one.
function problemsOf(upper: string): string[] {
	const files = {
		"state/tls-low.h": "void xstls_low(void);",
		"state/tls-low.c": '#include "tls-low.h"\nvoid xstls_low(void) {}',
		"handshake/tls-high.h": "int xstls_high(void);",
		"handshake/tls-high.c": upper
	};
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(join(folder, engine, dirname(path)), { recursive: true });
		writeFileSync(join(folder, engine, path), `${text}\n`);
	}
	for (const path of ["state/tls-low", "handshake/tls-high"]) {
		const object = `${path.split("/")[1]}.o`;
		gcc("-c", "-o", object, `${engine}/${path}.c`);
		writeFileSync(join(folder, object.replace(".o", ".includes")), gcc("-E", "-dI", `${engine}/${path}.c`));
	}
	const objects = ["tls-low.o", "tls-high.o"];
	const { stderr } = spawnSync(process.execPath, [lint, "nm", ...objects], { cwd: folder, encoding: "utf8" });
	return stderr.trim().split("\n").filter(Boolean);
}

const include = '#include "tls-high.h"\n#include "state/tls-low.h"\n';
const body = "int xstls_high(void) { xstls_low(); return 1; }";
const path = `${engine}/handshake/tls-high.c`;
const undeclared = `${path} uses xstls_low of ${engine}/state/tls-low.c, and includes no header that declares it`;
const hidden = `${path} includes state/tls-low.h, which is not to be read in it`;

test("Z13 what the text shows passes", () => {
	expect(problemsOf(include + body)).toEqual([]);
});

test.each([
	[
		"a prototype that a macro makes",
		'#define MAKE(name) void name(void)\nMAKE(xstls_low);\n#include "tls-high.h"',
		undeclared
	],
	[
		"a prototype of pasted names",
		'#define OF(name) xstls_##name\nvoid OF(low)(void);\n#include "tls-high.h"',
		undeclared
	],
	["an include by a macro", '#define LOW "state/tls-low.h"\n#include LOW\n#include "tls-high.h"', hidden],
	["an #import", '#import "state/tls-low.h"\n#include "tls-high.h"', hidden],
	["a digraph", '%:include "state/tls-low.h"\n#include "tls-high.h"', hidden]
])("Z13 %s is found", (_, head, problem) => {
	expect(problemsOf(`${head}\n${body}`)).toEqual([problem]);
});

test("Z13 a function that a macro defines is found", () => {
	const made = "\n#define MAKE(name) int name(void) { return 2; }\nMAKE(xstls_other)";
	expect(problemsOf(include + body + made)).toEqual([`${path} defines xstls_other, which is not to be read in it`]);
});

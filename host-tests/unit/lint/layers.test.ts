import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
let copy = "";

beforeEach(() => {
	copy = mkdtempSync(join(tmpdir(), "layers-test-"));
	for (const folder of ["modules", "host-tests/desk"])
		cpSync(join(root, folder), join(copy, folder), { recursive: true });
	const firmware = readdirSync(root).filter(name => name.endsWith(".ts"));
	for (const name of firmware) cpSync(join(root, name), join(copy, name));
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

function lint(): { status: number | null; stderr: string } {
	const { status, stderr } = spawnSync(process.execPath, [join(root, "host-tests/lint/layers.mjs")], {
		cwd: copy,
		encoding: "utf8"
	});
	return { status, stderr };
}

test("the layers hold", () => {
	expect(lint()).toEqual({ status: 0, stderr: "" });
});

test.each([
	["modules/tls/connection/pump.ts", 'import limits from "httpsd/limits";', "httpsd/limits, of which it must not know"],
	[
		"modules/tls/connection/pump.ts",
		'import limits from "../../httpsd/limits";',
		"../../httpsd/limits, of which it must not know"
	],
	[
		"modules/tls/connection/pump.ts",
		'const limits = import("httpsd/limits");',
		"httpsd/limits, of which it must not know"
	],
	[
		"modules/tls/connection/pump.ts",
		'export type Limits = typeof import("../../httpsd/limits");',
		"of which it must not know"
	],
	["modules/tls/connection/pump.ts", 'import "../../../main";', "../../../main, of which it must not know"],
	["modules/tls/limits.ts", 'import { Pump } from "./connection/pump";', "./connection/pump, which stands above it"],
	[
		"modules/tls/limits.ts",
		'import { Pump } from "tls/connection/pump";',
		"tls/connection/pump, which stands above it"
	],
	[
		"modules/tls/limits.ts",
		'import { Pump } from "../tls/connection/pump";',
		"../tls/connection/pump, which stands above it"
	],
	["modules/identity/check.ts", 'export * from "../httpsd/limits";', "of which it must not know"],
	["modules/tls/limits.ts", 'import L from /* x */ "tls/listener";', "tls/listener, which stands above it"],
	[
		"modules/tls/limits.ts",
		'import { type x, "a;b" as y } from "tls/listener";',
		"tls/listener, which stands above it"
	],
	["modules/tls/limits.ts", '{ } import L from "tls/listener";', "tls/listener, which stands above it"],
	["modules/tls/limits.ts", 'import(/* x */ "tls/listener");', "tls/listener, which stands above it"],
	["modules/tls/limits.ts", 'const n = "tls/listener"; import(n);', "computed: write it as a string"],
	["main.ts", "import('tls/' + 'connection/pump');", "computed: write it as a string"],
	["modules/tls/limits.ts", 'import L from "tls/connection/../listener";', "listener, which stands above it"],
	["modules/tls/limits.ts", 'import L from "tls/listener.mjs";', "tls/listener.mjs, which stands above it"],
	["modules/tls/limits.ts", 'import L from "tls/nonexistent";', "tls/nonexistent, which stands on no layer"],
	["main.ts", 'import Pump from "tls/connection/pump";', "inside modules/tls: import what stands at its top"],
	[
		"modules/identity/check.ts",
		'import("../tls/connection/pump");',
		"inside modules/tls: import what stands at its top"
	],
	["page.ts", 'import "./main";', "./main, which stands above it"],
	["page.ts", 'import "./host-tests/host-names";', "./host-tests/host-names, of which it must not know"]
])("an import upwards is found: %s with %s", (path, line, problem) => {
	appendFileSync(join(copy, path), `${line}\n`);
	const { status, stderr } = lint();
	expect([status, stderr.trim()]).toEqual([1, expect.stringMatching(`^${path} imports `)]);
	expect(stderr.trim().endsWith(problem)).toBe(true);
});

test.each([
	"modules/extra/bar.ts",
	"modules/tls/engine/port/tls-fast.S",
	"modules/tls/hidden.d.ts",
	"modules/tls/old.js"
])("a file that no rule looks at is found: %s", path => {
	mkdirSync(join(copy, dirname(path)), { recursive: true });
	writeFileSync(join(copy, path), "");
	const { status, stderr } = lint();
	expect([status, stderr]).toEqual([1, expect.stringContaining(path)]);
});

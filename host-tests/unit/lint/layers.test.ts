import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
let copy = "";

beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), "layers-test-"));
	for (const folder of ["modules", "host-tests/desk"])
		cpSync(join(root, folder), join(copy, folder), { recursive: true });
	const firmware = readdirSync(root).filter(name => name.endsWith(".ts"));
	for (const name of firmware) cpSync(join(root, name), join(copy, name));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The first line that the rule prints; `undefined` when it finds nothing. */
function lint(): string | undefined {
	const { status, stderr } = spawnSync(process.execPath, [join(root, "host-tests/lint/layers.mjs")], {
		cwd: copy,
		encoding: "utf8"
	});
	expect(status).toBe(stderr === "" ? 0 : 1);
	return stderr === "" ? undefined : (stderr.split("\n")[0] as string);
}

/** The same with a line more in a file, or in a new one. */
function lintWith(path: string, line: string): string | undefined {
	const file = join(copy, path);
	const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${before ?? ""}${line}\n`);
	try {
		return lint();
	} finally {
		if (before === undefined) rmSync(file);
		else writeFileSync(file, before);
	}
}

test("the layers hold", () => expect(lint()).toBeUndefined());

const unknown = "of which it must not know";
const inside = "which is inside modules/tls: import what stands at its top";
const computed = "by a name that is computed: write it as a string";

test.each([
	["modules/tls/connection/pump.ts", 'import limits from "httpsd/limits";', unknown],
	["modules/tls/connection/pump.ts", 'import limits from "../../httpsd/limits";', unknown],
	["modules/tls/connection/pump.ts", 'const limits = import("httpsd/limits");', unknown],
	["modules/tls/connection/pump.ts", 'export type L = typeof import("../../httpsd/limits");', unknown],
	["modules/tls/connection/pump.ts", 'import "../../../main";', unknown],
	["modules/identity/check.ts", 'export * from "../httpsd/limits";', unknown],
	["modules/tls/limits.ts", 'const n = "tls/listener"; import(n);', computed],
	["main.ts", "import('tls/' + 'connection/pump');", computed],
	["modules/tls/limits.ts", 'import L from "tls/nonexistent";', "which is not there"],
	["main.ts", 'import Pump from "tls/connection/pump";', inside],
	["main.ts", 'import Pump from "./modules/tls/connection/pump";', inside],
	["modules/identity/check.ts", 'import("../tls/connection/pump");', inside],
	["page.ts", 'import "./host-tests/host-names";', unknown]
])("an import that leaves the module is found: %s with %s", (path, line, problem) => {
	const found = lintWith(path, line);
	expect(found).toMatch(`${path} imports `);
	expect(found?.endsWith(problem)).toBe(true);
});

test.each([
	["modules/tls/limits.ts", 'import { Pump } from "./connection/pump";'],
	["modules/tls/limits.ts", 'import { Pump } from "tls/connection/pump";'],
	["modules/tls/limits.ts", 'import { Pump } from "../tls/connection/pump";'],
	["modules/tls/limits.ts", 'import L from /* x */ "tls/listener";'],
	["modules/tls/limits.ts", 'import { type x, "a;b" as y } from "tls/listener";'],
	["modules/tls/limits.ts", '{ } import L from "tls/listener";'],
	["modules/tls/limits.ts", 'import(/* x */ "tls/listener");'],
	["modules/tls/limits.ts", 'import L from "tls/connection/../listener";'],
	["modules/tls/limits.ts", 'import L from "tls/listener.mjs";'],
	["modules/tls/connection/wire.ts", 'export type { Pump } from "./pump";'],
	["modules/httpsd/headers.ts", 'import type Response from "httpsd/response";'],
	["page.ts", 'import "./main";']
])("a circle is found: %s with %s", (path, line) => {
	const found = lintWith(path, line);
	const [, module, name] = /^circle in (\S+): (\S+) ->(?: \S+ ->)* \2$/.exec(found as string) as RegExpExecArray;
	expect(found).toContain(module === "." ? path.slice(0, -3) : path.slice(`${module}/`.length, -3));
	expect(name).not.toBe("");
});

test.each([
	["modules/tls/config/text.ts", 'import "../x509/der";', "tls: room x509 stands beside room config"],
	["modules/httpsd/values/range.ts", 'import "../server/network";', "httpsd: room server stands above room values"],
	["modules/identity/error.ts", 'import "./storage/native";', "identity: room storage stands above room x509"],
	["modules/tls/spare/a.ts", "", "tls/spare/a.ts stands in no room"]
])("a room that knows a room which is not below it is found: %s with %s", (path, line, problem) => {
	expect(lintWith(path, line)).toMatch(`modules/${problem}`);
});

test.each([
	["host-tests/programs/server/a.ts", 'import Pump from "tls/connection/pump";', false],
	["host-tests/programs/tls/a.ts", 'import Pump from "tls/connection/pump";', true],
	["host-tests/programs/tls/a.ts", 'import "httpsd/values/lists";', false],
	["host-tests/unit/httpsd/values/a.test.ts", 'import "../../../../modules/tls/x509/der";', false],
	["host-tests/unit/tls/a.test.ts", 'import "../../../modules/tls/x509/der";', true],
	["host-tests/interop/tls/a.test.ts", 'import Pump from "tls/connection/pump";', false],
	["host-tests/interop/a.test.ts", 'import Listener from "tls/listener";', true],
	["certs/lib/a.ts", 'import type Pump from "../../modules/tls/connection/pump";', false]
])("none but a module's own tests imports its rooms: %s with %s", (path, line, isGood) => {
	const found = lintWith(path, line);
	if (isGood) expect(found).toBeUndefined();
	else expect(found).toMatch(`${path} imports `);
});

test.each([
	"modules/extra/bar.ts",
	"modules/tls/engine/port/tls-fast.S",
	"modules/tls/hidden.d.ts",
	"modules/tls/old.js"
])("a file that no rule looks at is found: %s", path => expect(lintWith(path, "")).toMatch(path));

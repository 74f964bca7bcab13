import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
let copy = "";

// As few files as all that is asked below needs, which each import as the file of that name does.
const tree: Record<string, string> = {
	"modules/platform/desk/limits.ts": "export const tlsLimits = 1;",
	"modules/platform/esp32/limits.ts": "export const tlsLimits = 1;",
	"modules/tcp/tcp.ts": "",
	"modules/text/utf8.ts": "",
	"modules/tls/limits.ts": 'import "platform/limits"; import "text/utf8";',
	"modules/tls/listener.ts":
		'import { Pump } from "./connection/pump"; import type { Der } from "./x509/der"; export type { Der };',
	"modules/tls/connection/pump.ts": 'import "../limits"; import "../x509/der"; import "./wire"; export class Pump {}',
	"modules/tls/connection/wire.ts": "",
	"modules/tls/x509/der.ts": "export interface Der {}",
	"modules/tls/config/text.ts": "",
	"modules/httpsd/limits.ts": 'import "platform/limits";',
	"modules/httpsd/headers.ts": "",
	"modules/httpsd/response.ts": 'import "./headers";',
	"modules/httpsd/server/idleness.ts": "",
	"modules/httpsd/values/lists.ts": "",
	"modules/httpsd/filters/cors.ts": "",
	"modules/httpsd/values/range.ts": "",
	"modules/identity/check.ts": 'import "tls/listener";',
	"modules/identity/error.ts": "",
	"modules/identity/storage/native.ts": "",
	"modules/identity/x509/pem.ts": 'import "../error";',
	"modules/acme/limits.ts": "",
	"modules/discovery/limits.ts": "",
	"modules/provisioning/limits.ts": "",
	"modules/sdk/tls-socket.ts": "",
	"modules/without/no-files.ts": "",
	"main.ts": 'import "./page";',
	"page.ts": "",
	"host-tests/desk/desk.h": "",
	"host-tests/host-names.ts": ""
};

beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), "layers-test-"));
	for (const [path, text] of Object.entries(tree)) {
		mkdirSync(dirname(join(copy, path)), { recursive: true });
		writeFileSync(join(copy, path), text);
	}
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
	writeFileSync(file, `${before ?? ""}\n${line}\n`);
	try {
		return lint();
	} finally {
		if (before === undefined) rmSync(file);
		else writeFileSync(file, before);
	}
}

test("the layers hold", () => expect(lint()).toBeUndefined());

test("a room that is open is imported from outside", () =>
	expect(lintWith("examples/lamp/main.ts", 'import "httpsd/filters/cors";')).toBeUndefined());

const unknown = "of which it must not know";
const inside = "which is inside modules/tls: import what stands at its top";
const valueIn = "exports a value of ./connection/pump, which is inside modules/tls: only types pass on by name";
const onePlatform = "of one platform: import platform/limits";
const computed = "by a name that is computed: write it as a string";

test.each([
	["modules/tls/connection/pump.ts", 'import limits from "httpsd/limits";', unknown],
	["modules/tls/connection/pump.ts", 'import limits from "../../httpsd/limits";', unknown],
	["modules/tls/connection/pump.ts", 'const limits = import("httpsd/limits");', unknown],
	["modules/tls/connection/pump.ts", 'export type L = typeof import("../../httpsd/limits");', unknown],
	["modules/tls/connection/pump.ts", 'import "../../../main";', unknown],
	["modules/identity/check.ts", 'export * from "../httpsd/limits";', unknown],
	["modules/tls/limits.ts", 'const n = "tls/listener"; import(n);', computed],
	["main.ts", 'new Worker("tls/connection/pump");', inside],
	["main.ts", 'new Worker("tls/" + name);', computed],
	["main.ts", 'new Compartment({}).import("tls/connection/pump");', inside],
	["main.ts", 'import "/tmp/pump";', "by an absolute path"],
	["modules/tls/limits.ts", 'import "/tmp/pump";', "by an absolute path"],
	["main.ts", "import('tls/' + 'connection/pump');", computed],
	["main.ts", '(0, require)("tls/connection/pump");', computed],
	["main.ts", "const load = require; load('tls/connection/pump');", computed],
	["main.ts", "module['require']('tls/connection/pump');", inside],
	["main.ts", "(require)(`tls/connection/pump`);", inside],
	["main.ts", 'declare module "tls/connection/pump" { export const a: number; }', inside],
	["modules/httpsd/limits.ts", 'import "platform/esp32/limits";', onePlatform],
	["modules/httpsd/limits.ts", 'import "../platform/desk/limits";', onePlatform],
	["main.ts", 'import "./build/js/modules/tls/connection/pump";', inside],
	["modules/tls/limits.ts", 'import L from "tls/nonexistent";', "which is not there"],
	["main.ts", 'import Pump from "tls/connection/pump";', inside],
	["main.ts", 'import Pump from "./modules/tls/connection/pump";', inside],
	["modules/identity/check.ts", 'import("../tls/connection/pump");', inside],
	["examples/lamp/main.ts", 'import "httpsd/values/lists";', "import what stands at its top"],
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
	["modules/httpsd/values/range.ts", 'import "../server/idleness";', "httpsd: room server stands above room values"],
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
	["host-tests/a.mjs", 'import Pump from "../modules/tls/connection/pump";', false],
	["host-tests/a.cjs", 'require("../modules/tls/connection/pump");', false],
	["host-tests/desk/programs/a.js", 'import Pump from "tls/connection/pump";', false],
	["host-tests/a.d.ts", 'declare module "tls/connection/pump" {}', false],
	["host-tests/unit/a.test.ts", 'jest.requireActual("tls/connection/pump");', false],
	["host-tests/unit/a.test.ts", 'jest.mock("tls/connection/pump", () => 1);', false],
	["host-tests/unit/a.test.ts", '(0, jest.requireActual)("tls/connection/pump");', false],
	["host-tests/unit/a.test.ts", 'const { mock } = jest; mock("tls/connection/pump");', false],
	["host-tests/unit/a.test.ts", 'import { jest as j } from "@jest/globals"; j["mock"]("tls/connection/pump");', false],
	[
		"host-tests/unit/a.test.ts",
		'import { jest } from "@jest/globals"; jest.mock("tls/listener"); const f = jest.fn();',
		true
	],
	[
		"host-tests/unit/a.test.ts",
		'import * as g from "@jest/globals"; const { mock } = g.jest; mock("tls/x509/der");',
		false
	],
	["host-tests/unit/a.test.ts", 'const { require: load } = module; load("tls/x509/der");', false],
	[
		"host-tests/unit/a.test.ts",
		'import m from "node:module"; const make = m.createRequire; make("a")("tls/x509/der");',
		false
	],
	["host-tests/unit/a.test.ts", 'const name = "tls/connection/pump"; require(name);', false],
	["host-tests/unit/a.test.ts", "import('tls/connection/' + name);", false],
	[
		"host-tests/unit/a.test.ts",
		'import { createRequire } from "node:module"; createRequire(__filename)("tls/listener");',
		false
	],
	[
		"host-tests/unit/a.test.ts",
		'import { createRequire as make } from "node:module"; make(__filename)("tls/connection/pump");',
		false
	],
	["host-tests/judges/run.mjs", "import(name);", true],
	["host-tests/a.mjs", 'import "../modules/platform/esp32/limits";', true],
	["host-tests/desk/programs/a.js", 'import "sdk/httpclient/httpclient";', true],
	["host-tests/a.mjs", 'import "file:///tmp/pump.mjs";', false],
	["tools/a.ts", 'import Pump from "tls/connection/pump";', false],
	["tools/a/b.mjs", 'import "../../modules/tls/connection/pump";', false],
	["tools.mjs", 'import "./modules/tls/connection/pump";', false],
	["build/a.mjs", 'import "../modules/tls/connection/pump";', true],
	["tools/a.ts", 'import Listener from "tls/listener";', true],
	["certs/lib/a.ts", 'import type Pump from "../../modules/tls/connection/pump";', false]
])("none but a module's own tests imports its rooms: %s with %s", (path, line, isGood) => {
	const found = lintWith(path, line);
	if (isGood) expect(found).toBeUndefined();
	else expect(found).toMatch(`${path} imports `);
});

test.each([
	"modules/extra/bar.ts",
	"modules/tls/connection/manifest.json",
	"modules/tls/engine/port/tls-fast.S",
	"modules/tls/hidden.d.ts",
	"modules/tls/old.js"
])("a file that no rule looks at is found: %s", path => expect(lintWith(path, "")).toMatch(path));

test.each([
	['export * from "tls/connection/pump";', "exports all of tls/connection/pump: name what is exported"],
	['export * as pump from "./connection/pump";', "exports all of ./connection/pump: name what is exported"],
	[
		'import * as pump from "./connection/pump"; export { pump };',
		"exports all of ./connection/pump: name what is exported"
	],
	['export type * from "./connection/pump";', "exports all of ./connection/pump: name what is exported"],
	['export { Pump } from "./connection/pump";', valueIn],
	['import { Pump } from "./connection/pump"; export { Pump };', valueIn],
	['import { Pump } from "./connection/pump"; export default Pump;', valueIn],
	['import { Pump } from "./connection/pump"; export const Other: typeof Pump = Pump;', valueIn],
	['import { Pump } from "./connection/pump"; const Other = Pump; export { Other };', valueIn],
	['import { Pump } from "./connection/pump"; export const all = Object.freeze({ ...Pump } as const);', valueIn],
	['import { Pump } from "./connection/pump"; export const first = [...Pump];', valueIn],
	['import { Pump } from "./connection/pump"; export const made = new Pump();', undefined],
	['export type { Pump } from "./connection/pump";', undefined],
	['import { type Pump } from "./connection/pump"; export { Pump };', undefined],
	['import { Pump } from "./connection/pump"; export type { Pump };', undefined]
])("a face passes on types of its rooms, by name: %s", (line, problem) => {
	expect(lintWith("modules/tls/socket.ts", line)).toBe(problem && `modules/tls/socket.ts ${problem}`);
});

test.each(["main.ts", "modules/tls/socket.ts", "modules/wide.d.ts", "host-tests/a.ts"])(
	"a reference by a comment is found: %s",
	path => {
		const found = lintWith(path, '/// <reference path="./connection/pump.ts" />');
		expect(found).toBe(`${path} refers to a file by a comment: import it`);
	}
);

test.each([
	['declare module "tls/connection/pump" {}', "tls/connection/pump"],
	['declare module "other" {}', "other"],
	['import type { Pump } from "tls/connection/pump";', "tls/connection/pump"],
	['declare const pump: typeof import("./tls/connection/pump");', "./tls/connection/pump"]
])("what is declared for all modules stands for none: %s", (line, specifier) => {
	expect(lintWith("modules/wide.d.ts", line)).toBe(
		`modules/wide.d.ts imports or declares ${specifier}: it knows no module`
	);
});

import { expect, test } from "@jest/globals";
import { lint, lintWith } from "./layers-tree";

test("the layers hold", () => expect(lint()).toBeUndefined());

test("a room that is open is imported from outside", () =>
	expect(lintWith("examples/lamp/main.ts", 'import "httpsd/filters/cors";')).toBeUndefined());

const unknown = "of which it must not know";
const inside = "which is inside modules/tls: import what stands at its top";
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

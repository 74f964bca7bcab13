// Who imports the rooms of a module: its own tests alone.

import { expect, test } from "@jest/globals";
import { lintWith } from "./layers-tree";

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

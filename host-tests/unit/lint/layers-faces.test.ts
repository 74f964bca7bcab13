// What the face of a module passes on, and what is declared beside imports.

import { expect, test } from "@jest/globals";
import { lintWith } from "./layers-tree";

const valueIn = "exports a value of ./connection/pump, which is inside modules/tls: only types pass on by name";

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

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const script = join(__dirname, "../../lint/preload.mjs");
let folder = "";

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "preload-test-"));
	for (const module of ["tls", "identity"]) mkdirSync(join(folder, "modules", module), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lint(path: string, source: string): { status: number | null; stderr: string } {
	writeFileSync(join(folder, path), source);
	const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
	return { status, stderr: stderr.trim() };
}

const regExp = "makes a RegExp while it is loaded";
const stranger = (what: string) => `${what} while it is loaded, which is no function of this file`;

test.each([
	["const pattern = /x/;", regExp],
	["export const patterns = Object.freeze({ a: [/x/] }, true);", regExp],
	['const pattern = new RegExp("x");', regExp],
	['const pattern = RegExp("x");', regExp],
	["class A { static readonly pattern = /x/; }", regExp],
	["class A { static { check(/x/); } }", regExp],
	['const names = Object.freeze("a b".split(" ").filter(name => /a/.test(name)));', regExp],
	['function find() { return /x/.test("x"); } const found = find();', regExp],
	["const at = (() => /x/)();", regExp],
	["export default /x/;", regExp],
	["Timer.set(() => {}, 1);", "sets a timer while it is loaded"],
	['const value = native("xs_value").call(undefined);', "calls a native while it is loaded"],
	["const store = new Store();", "makes a Store while it is loaded"],
	['import { find } from "./find"; const found = find("x");', stranger("calls find")],
	['import * as all from "./find"; const found = all.find("x");', stranger("calls all.find")],
	['import { find } from "./find"; const found = ["x"].map(find);', stranger("hands over find")],
	['import { find } from "./find"; class A extends find() {}', stranger("calls find")],
	['import { find } from "./find"; const look = find; const found = look("x");', stranger("calls look")],
	['import { find } from "./find"; const look = () => find("x"); const found = look();', stranger("calls find")],
	['import { find } from "./find"; const found = find?.("x");', stranger("calls find")],
	['import { find } from "./find"; const found = find`x`;', stranger("calls a tag of a template")],
	['const look = () => /x/; const found = ["x"].map(look);', regExp],
	['const words = Object.freeze("a b".match("a"), true);', stranger("calls a b.match")],
	["let count = 0;", "has a let with a value at module level"],
	["export const table = { a: 1 } as const;", "is not frozen"],
	["export default [1, 2];", "is not frozen"],
	["class A { static readonly table = [1]; }", "is not frozen"],
	["const table = Object.freeze({ a: [1] } as const);", "is not frozen deeply"],
	["export const table = { a: 1 } as const; Object.freeze(other);", "is not frozen"],
	["export const table = { a: [1] } as const; Object.freeze(table);", "is not frozen deeply"],
	["export async function* all() {}", "wants Object.freeze(all.prototype)"],
	["export default class A { *[Symbol.iterator]() {} }", "wants Object.freeze(A.prototype[Symbol.iterator].prototype)"],
	["class A { static *all() {} }", "wants Object.freeze(A.all.prototype)"]
])("what cannot be preloaded is found: %s", (source, problem) => {
	const { status, stderr } = lint("modules/tls/a.ts", `// é\n${source}\n`);
	expect(status).toBe(1);
	expect(stderr.split("\n")).toContain(`modules/tls/a.ts:2 ${problem}`);
});

test.each([
	["modules/identity/a.ts", "export function find(text: string) { return /x/.test(text); }"],
	[
		"modules/identity/a.ts",
		"export class A { pattern = /x/; constructor() { Timer.set(() => {}, 1); } get b() { return new B(); } }"
	],
	["modules/identity/a.ts", "export const table = Object.freeze({ a: [1] } as const, true);"],
	["modules/identity/a.ts", "export const table = Object.freeze([1, 2]); export const bytes = new Uint8Array(4);"],
	["modules/identity/a.ts", "export const table = { a: [1] } as const; Object.freeze(table, true);"],
	["modules/identity/a.ts", "function* all() {}\nObject.freeze(all.prototype);"],
	["main.ts", "const pattern = /x/;"]
])("what may be preloaded passes: %s with %s", (path, source) => {
	expect(lint(path, source)).toEqual({ status: 0, stderr: "" });
});

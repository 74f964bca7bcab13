import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";

const regExp = "makes a RegExp while it is loaded";
const handed = (what: string) => stranger(`hands over ${what}`);
const later = "calls an async function or a generator while it is loaded";
const assigns = "assigns to what is the module's while it is loaded";
const own = (name: string) => `has a ${name} of its own, by which built-in ones are not known`;
const stranger = (what: string) => `${what} while it is loaded, which is no function of this file`;

const refused: [source: string, problem: string][] = [
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
	["const store = new checkArray();", "makes a checkArray while it is loaded"],
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
	['const made = Object.freeze(["x"].map(RegExp));', handed("RegExp")],
	['import Other from "./b"; ["x"].forEach(Other.check);', handed("Other.check")],
	['const own = Object.freeze({ f: () => /x/ }); ["x"].forEach(own.f);', handed("own.f")],
	['["x"].forEach(true ? Timer.set : String);', handed("…")],
	["const own = Object.freeze({ push: () => /x/ }); own.push();", stranger("calls own.push")],
	["class A { static map() { return /x/; } } A.map();", stranger("calls A.map")],
	['import { list } from "./b"; list.push(1);', stranger("calls list.push")],
	['import { list } from "./list"; list.push(1);', stranger("calls list.push")],
	["const list = Object.freeze([1]); list.push(1);", stranger("calls list.push")],
	['import * as all from "./b"; all.list.map(() => 1);', stranger("calls ….map")],
	['import { own } from "./list"; own.map(() => 1);', stranger("calls own.map")],
	["async function make() {} const made = make();", later],
	["const made = (async () => 1)();", later],
	["function* make() {} const made = make();", later],
	["const made = (function* () {})();", later],
	['["x"].forEach(async () => {});', later],
	["function make(list = []) { return list; } export const table = make();", "is not frozen"],
	["function make({ list = [] }) { return list; } export const table = make(1);", "is not frozen"],
	["function make(...list) { return list; } export const table = make();", "is not frozen"],
	['const table = ["a"].map((a, b, c, list = []) => list);', "is not frozen"],
	['function build() {} const run = build => build("a+"); const made = run(RegExp);', stranger("calls build")],
	['function build() {} const run = build => build("a+"); const made = run(RegExp);', handed("RegExp")],
	["function build() {} function run() { const build = () => /x/; build(); } run();", stranger("calls build")],
	['const run = String => String("a"); run(1);', own("String")],
	["function make() { const list = []; return () => list; } export const get = make();", "is not frozen"],
	["function make() { let count; return () => count++; } export const get = make();", "is not frozen"],
	["function make() { const list = []; return (() => list)(); } export const table = make();", "is not frozen"],
	[
		'function make() { const list = []; return Object.freeze(["a"].map(() => list)); } const table = make();',
		"is not frozen"
	],
	["function make() { const list = []; return (() => () => list)(); } export const get = make();", "is not frozen"],
	['const table = new Map(["a"].map(each => [each, []]));', "is not frozen"],
	['const table = new Map(["a"].flatMap(each => [[each, []]]));', "is not frozen"],
	["const table = new Map((() => [[1, []]])());", "is not frozen"],
	["class A { static { for (const each of [A]) each.list = []; } }", assigns],
	["class A { static { const all = [A]; all[0].list = []; } }", assigns],
	["class A { static { for (A.list of [[]]); } }", assigns],
	["let count = 0;", "has a let with a value at module level"],
	["export const table = { a: 1 } as const;", "is not frozen"],
	["export default [1, 2];", "is not frozen"],
	["class A { static readonly table = [1]; }", "is not frozen"],
	["const table = Object.freeze({ a: [1] } as const);", "is not frozen deeply"],
	["export const table = { a: 1 } as const; Object.freeze(other);", "is not frozen"],
	["export const table = { a: [1] } as const; Object.freeze(table);", "is not frozen deeply"],
	["class A { static count = 0; }", "has a static field that is not readonly"],
	["class A { static #count = 0; }", "has a static field that is not readonly"],
	["class A { static readonly table = true ? { a: 1 } : undefined; }", "is not frozen"],
	["export enum Kind { A }", "has an enum"],
	["export const enum Kind { A }", "has an enum"],
	["namespace All { export let count = 0; }", "has a namespace"],
	["export default class A {} A.count = 0;", assigns],
	["class A { static { this.table = {}; } }", assigns],
	["let table; if (true) table = {};", assigns],
	["let count; function next() { count++; return 1; } const one = next();", assigns],
	['import { String } from "./b"; const a = String(1);', own("String")],
	["const Object = { freeze: a => a };", own("Object")],
	["class Map {} const table = new Map();", own("Map")],
	['const words = "a b".split(" ");', "is not frozen"],
	["const table = true ? { a: 1 } : undefined;", "is not frozen"],
	["const table = undefined ?? { a: 1 };", "is not frozen"],
	["const table = (0, { a: 1 });", "is not frozen"],
	["const { table } = { table: {} };", "is not frozen"],
	['import { list } from "./list"; const { a = {} } = list;', "is not frozen"],
	['import { list } from "./list"; const { a: b = [] } = list;', "is not frozen"],
	['import { list } from "./list"; const [a, ...rest] = list;', "is not frozen"],
	["const table = [{ a: 1 }][0];", "is not frozen"],
	["const table = (() => ({ a: 1 }))();", "is not frozen"],
	["function make() { const a = []; a.push(1); return a; } const table = make();", "is not frozen"],
	["function make() { let a; a = {}; return a; } const table = make();", "is not frozen"],
	["function make(a = 1) { a = {}; return a; } const table = make();", "is not frozen"],
	["const same = a => a; const table = same({});", "is not frozen"],
	['const table = Object.fromEntries([["a", 1]]);', "is not frozen"],
	['const table = ["a"].map(x => ({ x }));', "is not frozen"],
	['const table = Object.freeze(["a"].map(x => ({ x })));', "is not frozen deeply"],
	['const table = Object.freeze(["a"].map(x => { return [x]; }));', "is not frozen deeply"],
	["const table = Object.freeze([[1]].map(x => x));", "is not frozen deeply"],
	["const table = Object.freeze([Object.freeze([1])].map(x => x.slice()));", "is not frozen deeply"],
	["const table = Object.freeze(Object.entries({ a: 1 }));", "is not frozen deeply"],
	["const table = Object.freeze({ ...{ a: {} } });", "is not frozen deeply"],
	["const table = Object.freeze({ a: true ? [1] : 0 });", "is not frozen deeply"],
	["const table = Object.freeze({ a: [1] }, false);", "is not frozen deeply"],
	['const table = new Map([["a", {}]]);', "is not frozen"],
	["const table = new Map(Object.entries({ a: [] }));", "is not frozen"],
	["export default true ? {} : 1;", "is not frozen"],
	["export async function* all() {}", "wants Object.freeze(all.prototype)"],
	["export default class A { *[Symbol.iterator]() {} }", "wants Object.freeze(A.prototype[Symbol.iterator].prototype)"],
	["class A { static *all() {} }", "wants Object.freeze(A.all.prototype)"]
];

const allowed = [
	"export function find(text: string) { return /x/.test(text); }",
	"export class A { pattern = /x/; constructor() { Timer.set(() => {}, 1); } get b() { return new B(); } }",
	"export const table = Object.freeze({ a: [1] } as const, true);",
	"export const table = Object.freeze([1, 2]); export const bytes = new Uint8Array(4);",
	"export const table = { a: [1] } as const; Object.freeze(table, true);",
	'export const words = Object.freeze("a b".split(" ").map(word => word.slice(1)));',
	'export const words = Object.freeze(["a"].map(x => ({ x })), true);',
	'const types = new Map(Object.entries({ a: "b" })); const { a } = types;',
	'const pairs = new Map(["A"].flatMap(name => [[name, name.toLowerCase()]]));',
	"const digits = make(); function make() { const all = new Uint8Array(4).fill(1); return all; }",
	'const codes = Object.freeze(of("ab")); function of(text) { return [...text].map(Number); }',
	'import { list } from "../tls/list"; const at = list.indexOf(1); const first = list[0];',
	'export const names = new Map(["a"].map(each => [each, each.length]));',
	"const bytes = make(2); function make(size = 1) { const all = new Uint8Array(size).fill(2); all[0] = 1; return all; }",
	"class A { static readonly size = 1; static shared() { return {}; } }",
	"function* all() {}\nObject.freeze(all.prototype);"
];

// What the rule says of all of them, each in a file.
let found: string[] = [];

beforeAll(() => {
	const folder = mkdtempSync(join(tmpdir(), "preload-test-"));
	for (const module of ["tls", "identity"]) mkdirSync(join(folder, "modules", module), { recursive: true });
	const files = {
		"main.ts": "const pattern = /x/;",
		"modules/tls/list.ts": "export const list = Object.freeze([1]);\nexport const own = Object.freeze({ map() {} });\n",
		...Object.fromEntries(refused.map(([source], index) => [`modules/tls/${index}.ts`, `// é\n${source}\n`])),
		...Object.fromEntries(allowed.map((source, index) => [`modules/identity/${index}.ts`, source]))
	};
	for (const [path, source] of Object.entries(files)) writeFileSync(join(folder, path), source);
	const script = join(__dirname, "../../lint/preload.mjs");
	const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
	rmSync(folder, { recursive: true });
	expect(status).toBe(1);
	found = stderr.split("\n");
});

test.each(refused.map(([source, problem], index) => [source, problem, index] as const))(
	"what cannot be preloaded is found: %s",
	(_, problem, index) => expect(found).toContain(`modules/tls/${index}.ts:2 ${problem}`)
);

test.each(allowed.map((source, index) => [source, index] as const))("what may be preloaded passes: %s", (_, index) => {
	expect(found.filter(line => line.startsWith(`modules/identity/${index}.ts:`))).toEqual([]);
});

test("main.ts is not preloaded", () => {
	expect(found.filter(line => line.startsWith("main.ts:"))).toEqual([]);
});

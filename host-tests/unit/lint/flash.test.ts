import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";

const couldBe = (name: string) => `declares ${name}(), which could be an arrow function`;

const refused: [source: string, problem: string][] = [
	["function add(a: number, b: number): number { return a + b; }", couldBe("add")],
	["export function add<T>(a: T): T { return a; }", couldBe("add")],
	["export function isText(a: unknown): a is string { return typeof a === 'string'; }", couldBe("isText")],
	["const find = (text: string) => /x/.test(text);", "has a RegExp"],
	["export class A { find(text: string) { return new RegExp(text); } }", "has a RegExp"]
];

const allowed = [
	"export const add = (a: number, b: number): number => { function inner() { return a; } return inner() + b; };",
	"export function read(this: unknown, a: number): number { return native('x').call(this, a); }",
	"function all() { return arguments.length; }",
	"export async function wait() {}",
	"export function* each() { yield 1; }",
	"function fail(): never { throw new Error(); }",
	"function check(a: unknown): asserts a is string { if (typeof a !== 'string') throw new Error(); }",
	"export function of(a: string): string; export function of(a: number): number; export function of(a: any) { return a; }",
	"export class A { a() {} static b() {} get c() { return 1; } }"
];

// What the rule says of all of them, each in a file.
let found: string[] = [];

beforeAll(() => {
	const folder = mkdtempSync(join(tmpdir(), "flash-test-"));
	mkdirSync(join(folder, "modules/tls"), { recursive: true });
	mkdirSync(join(folder, "modules/acme"));
	refused.forEach(([source], index) => {
		writeFileSync(join(folder, `modules/tls/${index}.ts`), `// é\n${source}\n`);
	});
	allowed.forEach((source, index) => {
		writeFileSync(join(folder, `modules/acme/${index}.ts`), source);
	});
	const script = join(__dirname, "../../lint/flash.mjs");
	const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
	rmSync(folder, { recursive: true });
	expect(status).toBe(1);
	found = stderr.split("\n");
});

test.each(refused.map(([source, problem], index) => [source, problem, index] as const))(
	"what takes flash for no use is found: %s",
	(_, problem, index) => expect(found).toContain(`modules/tls/${index}.ts:2 ${problem}`)
);

test.each(allowed.map((source, index) => [source, index] as const))("what has to be so passes: %s", (_, index) => {
	expect(found.filter(line => line.startsWith(`modules/acme/${index}.ts:`))).toEqual([]);
});

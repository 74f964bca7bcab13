import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";

const script = join(__dirname, "../../lint/natives.mjs");
const folder = mkdtempSync(join(tmpdir(), "natives-test-"));
mkdirSync(join(folder, "modules"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(source: string) {
	writeFileSync(join(folder, "modules/a.ts"), source);
	const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
	return { status, stderr: stderr.trim() };
}

test.each([
	"class A { m(a: number): number { return native('xs_a').call(this, a); } }",
	"class A { get m() { return native('xs_a').call(this); } set m(a) { native('xs_a').call(this, a); } }",
	"function f(this: unknown, a?: number) { return native('xs_a').call(this, a) as number; }"
])("what xsc makes the native itself passes: %s", source => {
	expect(lint(source)).toEqual({ status: 0, stderr: "" });
});

test.each([
	"class A extends Native('xs_free') { constructor() { super(); check(native('xs_a').call(this)); } }",
	"class A { m(a) { this.a = a; return native('xs_a').call(this, a); } }",
	"class A { m(a, b) { return native('xs_a').call(this, b, a); } }",
	"class A { m(a) { return native('xs_a').call(this); } }",
	"class A { m() { return native('xs_a').call(this, 1); } }",
	"class A { m(a) { return native('xs_a').call(undefined, a); } }",
	"class A { m(a = 1) { return native('xs_a').call(this, a); } }",
	"const a = native('xs_a');"
])("what it cannot is found: %s", source => {
	expect(lint(source)).toEqual({ status: 1, stderr: "modules/a.ts: native xs_a is not all of its function" });
});

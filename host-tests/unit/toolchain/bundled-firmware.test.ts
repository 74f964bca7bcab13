// A firmware that is bundled, with an SDK that only says which modules there are.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { writeIn } from "./write-in";

let clone = "";

const write = (name: string, text: string, mode?: number) => writeIn(clone, name, text, mode);

/** A rule of mcconfig's makefile for a module in TypeScript. */
const rule = (name: string, source: string) =>
	`$(TMP_DIR)/tsc/${name}${source.replace(/\.ts$/, ".js")} : ${source} $(MODULES_DIR)/tsconfig-base.json`;

function writeMcconfig(rules: readonly string[]): void {
	write("makefile.txt", `${rules.join("\n")}\n`);
	const lines = [
		"#!/bin/bash",
		"while (($#)); do [[ $1 != -p ]] || platform=$2; [[ $1 != -o ]] || out=$2; shift; done",
		"mkdir -p $out/tmp/$platform/release/app",
		`cp ${join(clone, "makefile.txt")} $out/tmp/$platform/release/app/makefile`
	];
	write("sdk/build/bin/lin/release/mcconfig", `${lines.join("\n")}\n`, 0o755);
}

function writeModule(specifier: string, compiled: string): string {
	write(`modules/${specifier}.ts`, "");
	write(`build/js/modules/${specifier}.js`, compiled);
	return rule(specifier, join(clone, `modules/${specifier}.ts`));
}

beforeEach(() => {
	clone = mkdtempSync(join(tmpdir(), "bundled-firmware-"));
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

function bundle() {
	const script = join(__dirname, "../../toolchain/bundle/main.mjs");
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[script, "esp32/esp32c3", join(clone, "app/manifest.json"), join(clone, "out")],
		{ cwd: clone, env: { PATH: process.env.PATH ?? "", MODDABLE: join(clone, "sdk") }, encoding: "utf8" }
	);
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(readFileSync(stdout.trim(), "utf8"));
}

test("its manifest has what is imported by the same names, bundled, and none of the single modules", () => {
	write(
		"app/main.ts",
		'import type { Options } from "a/options";\nimport { face } from "a/face";\nface(import("a/later"));\n'
	);
	write("sdk/setup.js", "import named from 'embedded:a/named';\nclass Host { static read() @ \"xs_read\" }\n");
	writeMcconfig([
		rule("main", join(clone, "app/main.ts")),
		`$(MODULES_DIR)/setup.xsb: ${join(clone, "sdk/setup.js")}`,
		writeModule("a/face", 'import { part } from "a/part";\nexport const face = value => part(value);'),
		writeModule("a/part", "export const part = value => value * 2;"),
		writeModule("a/later", "export default 3;"),
		writeModule("a/options", "export const maxSize = 1;"),
		rule("~.embedded/a/named", join(clone, "modules/a/named.ts")),
		writeModule("a/unused", "export const unused = () => 1;")
	]);
	write("build/js/modules/a/named.js", "export default () => 4;");
	const { include, modules, preload } = bundle();
	expect(include).toEqual([join(clone, "app/manifest.json")]);
	const left = ["face", "part", "later", "options", "named", "unused"].map(name => join(clone, "modules/a", name));
	expect(modules["~"].sort()).toEqual(left.sort());
	const made = Object.keys(modules).filter(name => name !== "~");
	expect(made).toEqual(expect.arrayContaining(["a/face", "a/later", "embedded:a/named"]));
	for (const name of ["a/options", "a/part", "a/unused"]) expect(made).not.toContain(name);
	expect(preload).toEqual(made);
	const text = made.map(name => readFileSync(`${modules[name]}.js`, "utf8")).join("\n");
	expect(text).toContain("2 * ");
	expect(text).not.toContain("unused");
});

test("a firmware that imports none of them has none", () => {
	write("app/main.ts", 'import Timer from "timer";\n');
	writeMcconfig([rule("main", join(clone, "app/main.ts")), writeModule("a/face", "export const face = 1;")]);
	expect(bundle()).toMatchObject({ modules: { "~": [join(clone, "modules/a/face")] }, preload: [] });
});

// typescript.mjs, which compiles a firmware's TypeScript in one run: what it leaves is what mcconfig's own runs of tsc would.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "typescript-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (...names: string[]) => join(folder, ...names);
const environment = { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}` };
const run = (program: string, ...parameters: string[]) =>
	spawnSync(program, parameters, { env: environment, encoding: "utf8" });
const compile = () => run(process.execPath, join(root, "host-tests/toolchain/typescript.mjs"), path("tmp"));

function write(name: string, content: object | string): void {
	mkdirSync(path(name, ".."), { recursive: true });
	writeFileSync(path(name), typeof content === "string" ? content : JSON.stringify(content));
}

/** As mcconfig writes them: of each file its own project, and a folder for what is made of it. */
function writeProjects(options: object): void {
	const base = { target: "ES2022", module: "preserve", sourceMap: true, verbatimModuleSyntax: true, types: [] };
	write("tmp/modules/tsconfig-base.json", { compilerOptions: { ...base, ...options } });
	for (const name of ["main", "room/part"])
		write(`tmp/modules/${name}-tsconfig.json`, {
			extends: path("tmp/modules/tsconfig-base.json"),
			compilerOptions: { rootDir: "/", outDir: path("tmp/tsc", name) },
			files: [path("source", `${name}.ts`)]
		});
}

const made = (name: string) => path("tmp/tsc", name, path("source", `${name}.js`));
const texts = () =>
	["main", "room/part"].flatMap(name => ["", ".map"].map(end => readFileSync(made(name) + end, "utf8")));
const apart = { isolatedModules: true, noCheck: true, noResolve: true };

test("each file is as tsc makes it alone, with a map that leads to its source, and newer than that", () => {
	write(
		"source/main.ts",
		'import { part } from "room/part";\nimport type { Part } from "room/part";\nexport const one: Part = part;\n'
	);
	write("source/room/part.ts", "export type Part = number;\nexport const part: Part = 1;\n");
	writeProjects(apart);
	expect(compile()).toMatchObject({ status: 0, stdout: "", stderr: "" });
	const [now, main] = [texts(), statSync(made("main")).mtimeMs];
	expect(main).toBeGreaterThanOrEqual(statSync(path("source/main.ts")).mtimeMs);
	for (const name of ["main", "room/part"]) run("tsc", "-p", path(`tmp/modules/${name}-tsconfig.json`));
	expect(now).toEqual(texts());
});

test("what has not changed is left alone, what has is made anew, and what is wrong is said", () => {
	write("source/main.ts", "export const one: number = 1;\n");
	write("source/room/part.ts", "export const part = 1;\n");
	writeProjects(apart);
	compile();
	write(made("main").slice(folder.length + 1), "kept");
	// However long a compilation takes.
	const [later, latest] = [1, 2].map(hours => new Date(Date.now() + hours * 3_600_000)) as [Date, Date];
	utimesSync(path("source/room/part.ts"), later, later);
	write("source/room/part.ts", "export const part = 2;\n");
	utimesSync(path("source/room/part.ts"), later, later);
	expect(compile().status).toBe(0);
	expect([readFileSync(made("main"), "utf8"), readFileSync(made("room/part"), "utf8")]).toEqual([
		"kept",
		expect.stringContaining("part = 2")
	]);
	write("source/room/part.ts", "export const = 2;\n");
	utimesSync(path("source/room/part.ts"), latest, latest);
	expect(compile()).toMatchObject({ status: 1, stdout: expect.stringContaining("error TS1134"), stderr: "" });
});

test("a firmware whose types are checked is left to the makefile, and so is one without TypeScript", () => {
	expect(compile()).toMatchObject({ status: 0, stderr: "" });
	write("source/main.ts", "export const one = 1;\n");
	write("source/room/part.ts", "export const part = 1;\n");
	writeProjects({ isolatedModules: true });
	expect(compile().status).toBe(0);
	expect(existsSync(path("tmp/tsc"))).toBe(false);
});

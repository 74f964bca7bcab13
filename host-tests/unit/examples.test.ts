// examples/: each is as short as it is meant to be, has what it is built with, and stands in the list.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";

const root = join(__dirname, "../../examples");
const names = readdirSync(root, { withFileTypes: true })
	.filter(entry => entry.isDirectory())
	.map(({ name }) => name);
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const lines = (text: string) => text.trimEnd().split("\n").length;

interface Manifest {
	readonly include: string[];
	readonly modules: Record<string, string | string[]>;
	readonly preload?: string[];
	readonly data?: Record<string, string | string[]>;
}

test("there are fifteen, each in README.md's list with the words of its own README", () => {
	expect(names.length).toBe(15);
	for (const name of names) {
		const [, , words] = read(name, "README.md").split("\n");
		expect(read("README.md")).toContain(`| [${name}](${name}) | ${words} |`);
	}
});

test("make example says how one is tried, with the port that it has, before it runs", () => {
	const parameters = [join(root, "../host-tests/desk/example.mjs"), "hello", "9443", "--try"];
	const said = execFileSync(process.execPath, parameters, { encoding: "utf8" });
	expect(said).toContain("Try:   curl --cacert build/identity/ca.pem https://localhost:9443/hello/you\n");
	expect(said).toContain("See:   examples/hello/README.md\nStop:  Ctrl-C\n");
});

describe.each(names)("example %s", name => {
	const manifest = JSON.parse(read(name, "manifest.json")) as Manifest;
	const scripts = readdirSync(join(root, name)).filter(file => /\.(ts|js)$/.test(file));

	test("has 10 to 80 lines in its files, and a README of some ten", () => {
		for (const file of scripts) expect(lines(read(name, file))).toBeLessThanOrEqual(80);
		expect(lines(read(name, scripts.find(file => file.startsWith("main")) as string))).toBeGreaterThanOrEqual(10);
		expect(lines(read(name, "README.md"))).toBeLessThanOrEqual(12);
	});

	test("its manifest has its modules, preloads all but main, and includes what it imports", () => {
		const own = scripts.map(file => `./${file.replace(/\.\w+$/, "")}`);
		expect([manifest.modules["*"]].flat()).toEqual(own);
		expect(manifest.preload ?? []).toEqual(own.filter(path => path !== "./main").map(path => path.slice(2)));
		const text = scripts.map(file => read(name, file)).join("\n");
		const [includes, imported] = [
			JSON.stringify(manifest.include),
			(module: string) => text.includes(`from "${module}/`)
		];
		const isThere = (module: string) => includes.includes(`../modules/${module}/`);
		expect(isThere("httpsd")).toBe(imported("httpsd"));
		expect(isThere("identity")).toBe(imported("identity"));
		expect(isThere("acme")).toBe(imported("acme"));
		expect(isThere("discovery")).toBe(imported("discovery"));
		expect(isThere("provisioning")).toBe(imported("provisioning"));
		expect(isThere("tls")).toBe(imported("tls") && !imported("httpsd"));
	});

	test("where it connects to a name, it says who knows the address: the SDK's TCP takes addresses alone", () => {
		for (const text of scripts.map(file => read(name, file)))
			if (/new \w+Socket\(\{\s*host:/.test(text)) expect(text).toMatch(/^\s*(address|dns)\b/m);
	});

	test("its resources are there, or made by make", () => {
		const sources = Object.values(manifest.data ?? {}).flat();
		const outside = sources.filter(source => !source.startsWith("../../build/identity/"));
		for (const source of outside) expect(existsSync(resolve(root, name, source.replace("/*", "")))).toBe(true);
		const asked = scripts.flatMap(file => [...read(name, file).matchAll(/new Resource\("([^"]+)"\)/g)]);
		for (const [, resource] of asked) expect(sources.some(source => source.endsWith(`/${resource}`))).toBe(true);
	});
});

// mcconfig compiles with the options in the manifest, tsc with those in tsconfig.json: the firmware has to mean the
// same in both.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { moduleNames } from "../modules.cjs";
import { foldersOf, type Manifest, type Options, read, readText, root } from "./manifests";

/** Where files lie and what becomes of them, which mcconfig decides for itself. */
const places = ["module", "moduleResolution", "outDir", "paths", "rootDir", "sourceMap", "types"];

/** mcconfig runs tsc once a file, and each would look at all that the file imports. `make lint` checks the types. */
const quick = { noCheck: true, noResolve: true };

test("compiler options of manifest.json are those of tsconfig.json, but without checks", () => {
	const { compilerOptions } = read<{ compilerOptions: Options }>("tsconfig.json");
	const language = Object.entries(compilerOptions).filter(([name]) => !places.includes(name));
	const own = read<Manifest>("manifest.json").typescript?.tsconfig.compilerOptions;
	expect(own).toEqual({ ...Object.fromEntries(language), ...quick });
});

// modules/platform has a folder for each platform, of which its manifest chooses one.
const names = moduleNames.filter(name => name !== "platform");

describe.each(names)("modules/%s", name => {
	const { modules } = read<Manifest>(`modules/${name}/manifest.json`);

	test("specifiers of the manifest are the paths of tsconfig.json", () => {
		const { paths } = read<{ compilerOptions: { paths: Options } }>("tsconfig.json").compilerOptions;
		expect(paths[`${name}/*`]).toEqual([`./modules/${name}/*`]);
		for (const [specifier, pattern] of Object.entries(modules))
			expect([pattern].flat()[0]).toBe(specifier.replace(`${name}/`, "./"));
	});

	test("the manifest includes those of the modules that it imports", () => {
		const files = readdirSync(join(root, "modules", name), { recursive: true, encoding: "utf8" });
		const sources = files.filter(file => file.endsWith(".ts")).map(file => readText(`modules/${name}/${file}`));
		const imports = sources.flatMap(text => [...text.matchAll(/ from "([a-z]+)\//g)].map(([, module]) => module));
		const needed = moduleNames.filter(module => module !== name && imports.includes(module));
		const included = [read<Manifest>(`modules/${name}/manifest.json`).include ?? []].flat();
		for (const module of needed) expect(included).toContain(`../${module}/manifest.json`);
	});

	test("no folder of the module is forgotten in the manifest", () => {
		const named = Object.values(modules).flat();
		expect(named.sort()).toEqual(foldersOf(`modules/${name}`).map(folder => `./${folder === "" ? "" : `${folder}/`}*`));
	});
});

test("each file of C has a base name of its own, since objects go by it", () => {
	const names = readdirSync(join(root, "modules"), { recursive: true, encoding: "utf8" }).filter(name =>
		/\.[ch]$/.test(name)
	);
	const base = names.map(name => basename(name));
	expect(base.length).toBeGreaterThan(100);
	expect(base.filter((name, i) => base.indexOf(name) !== i)).toEqual([]);
});

test("manifest.json has the modules of the firmware, manifest_prepared.json the resources that they look for", () => {
	const own = readdirSync(root).filter(name => name.endsWith(".ts"));
	expect(read<Manifest>("manifest.json").modules["*"]).toEqual(
		expect.arrayContaining(own.map(name => `./${name.slice(0, -".ts".length)}`))
	);
	const { data } = read<{ data: Record<string, string[]> }>("manifest_prepared.json");
	const wanted = readFileSync(join(root, "server-identity.ts"), "utf8").matchAll(/^const \w+ = "(\w[\w.]+\.pem)";$/gm);
	expect(data).toEqual({ "*": [...wanted].map(([, name]) => `./build/identity/${name}`) });
});

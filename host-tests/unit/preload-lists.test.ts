// mcconfig preloads what a manifest names, and says nothing of a module that is forgotten: it would take RAM.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { moduleNames } from "../modules.cjs";

const root = join(__dirname, "../..");

const preloadOf = (manifest: string): string[] => JSON.parse(readFileSync(join(root, manifest), "utf8")).preload;

// modules/platform has a folder for each platform, of which its manifest chooses one.
const names = moduleNames.filter(name => name !== "platform");

/**
 * Modules that import what the SDK does not have on each platform, or what a firmware may not include. A module that is
 * preloaded is linked with all that it imports, whether the firmware uses it or not.
 */
const notPreloaded: Record<string, string[]> = {
	// `file`: the firmware chooses its file system's manifest. `preference`: the SDK has none on some platforms.
	identity: ["identity/file-store", "identity/preference-store"],
	provisioning: ["provisioning/preference-store"]
};

describe.each(names)("preload of modules/%s", name => {
	const preload = preloadOf(`modules/${name}/manifest.json`);

	test("all modules are named, since mcconfig finds none in TypeScript by a wildcard", () => {
		const files = readdirSync(join(root, "modules", name), { recursive: true, encoding: "utf8" });
		const modules = files.filter(file => file.endsWith(".ts")).map(file => `${name}/${file.slice(0, -".ts".length)}`);
		expect(modules).toEqual(expect.arrayContaining(notPreloaded[name] ?? []));
		const ours = preload.filter(specifier => specifier.startsWith(`${name}/`));
		expect(ours.sort()).toEqual(modules.filter(module => !notPreloaded[name]?.includes(module)).sort());
	});

	test("what is not preloaded imports a module that may be missing", () => {
		for (const module of notPreloaded[name] ?? []) {
			const source = readFileSync(join(root, `modules/${module}.ts`), "utf8");
			expect(source).toMatch(/^import .* from "(file|preference)";$/m);
		}
	});
});

test("the firmware's own modules are preloaded, but for main, which opens a port", () => {
	const own = readdirSync(root).filter(name => name.endsWith(".ts") && name !== "main.ts");
	expect(preloadOf("manifest.json").sort()).toEqual(own.map(name => name.slice(0, -".ts".length)).sort());
});

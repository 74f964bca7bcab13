// docs/imports.md: its lines are right, and no name is left out that another page of docs/ uses.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "../..");
const docs = readdirSync(join(root, "docs")).filter(name => name.endsWith(".md"));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const page = read("docs/imports.md");

interface Exports {
	readonly named: string[];
	readonly default: string | undefined;
}

/** The values that a module exports. */
function exportsOf(specifier: string): Exports {
	const source = read(`modules/${specifier}.ts`);
	const all = [...source.matchAll(/^export (default )?(?:abstract |async )?(?:class|function\*?|const) (\w+)/gm)];
	return {
		named: all.filter(([, isDefault]) => isDefault === undefined).map(([, , name]) => name as string),
		default: all.find(([, isDefault]) => isDefault !== undefined)?.[2]
	};
}

const lines = [...page.matchAll(/^import (?:(\w+)(?:, )?)?(?:\{ (.+) \})? from "(.+)";$/gm)].map(
	([line, byDefault, named, specifier]) => ({
		line,
		byDefault,
		named: named?.split(", ") ?? [],
		specifier: specifier as string
	})
);

test.each(lines)("$line", ({ byDefault, named, specifier }) => {
	const exported = exportsOf(specifier);
	if (byDefault !== undefined) expect(exported.default).toBe(byDefault);
	for (const name of named) expect(exported.named).toContain(name);
});

test("every class and function of the modules' faces that a page uses has its line", () => {
	const text = docs
		.filter(name => name !== "imports.md")
		.map(name => read(`docs/${name}`))
		.join("\n");
	const known = new Set(lines.flatMap(({ byDefault, named }) => [byDefault, ...named]));
	const missing = ["tls", "httpsd", "identity"].flatMap(folder =>
		readdirSync(join(root, "modules", folder))
			.filter(name => name.endsWith(".ts"))
			.flatMap(name => {
				const { named, default: byDefault } = exportsOf(`${folder}/${name.slice(0, -".ts".length)}`);
				return [...named, ...(byDefault === undefined ? [] : [byDefault])];
			})
			.filter(name => !known.has(name) && new RegExp(`\\bnew ${name}\\(|[\`\\s(]${name}\\(`).test(text))
	);
	expect(lines.length).toBeGreaterThan(30);
	expect(missing).toEqual([]);
});

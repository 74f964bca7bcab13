// docs/imports.md: its lines are right, and no name is left out that another page of docs/ uses. DESIGN.md: its table has the
// face of each module, and its picture of httpsd's rooms is what lint checks.

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
	const missing = ["tls", "httpsd", "identity", "acme", "discovery", "provisioning"].flatMap(folder =>
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

const design = read("DESIGN.md");

test.each(["tls", "httpsd", "identity", "acme", "discovery", "provisioning", "text"])(
	"DESIGN.md has all that a firmware imports of %s",
	module => {
		const files = readdirSync(join(root, "modules", module)).filter(name => name.endsWith(".ts"));
		const [, row] = new RegExp(`^\\| ${module} \\| (.*) \\|$`, "m").exec(design) as RegExpExecArray;
		const named = [...(row as string).matchAll(/`([\w-]+)`/g)].map(([, name]) => `${name}.ts`);
		expect(named.sort()).toEqual(files.sort());
	}
);

test("DESIGN.md has httpsd's rooms in the rows of layers.json", () => {
	const { rooms } = JSON.parse(read("host-tests/lint/layers.json"))["modules/httpsd"] as { rooms: string[][] };
	const [, picture] = /^```\n( +dashboard\n[\s\S]*?)\n```$/m.exec(design) as RegExpExecArray;
	const rows = (picture as string).split("\n").map(line => line.trim().split(/\s+/));
	expect(rows.reverse()).toEqual(rooms);
});

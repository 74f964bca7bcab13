// Which modules a firmware links that includes manifests of modules/ and modules/without, as mcconfig takes them together: what
// "~" names is left out, and a name stands for one file. And what each of them imports when it runs.

import { readdirSync, readFileSync } from "node:fs";
import { join, normalize, relative } from "node:path";

const root = join(__dirname, "../../..");
const modules = join(root, "modules");

interface Manifest {
	readonly include?: string | string[];
	readonly modules: Record<string, string | string[]>;
}

const read = (path: string): Manifest => JSON.parse(readFileSync(join(modules, path), "utf8"));

/** Files that a pattern without its ending stands for, relative to modules/. */
function matching(pattern: string): string[] {
	const folder = join(pattern, "..");
	const name = pattern.slice(folder.length + 1);
	const files = readdirSync(join(modules, folder)).filter(file => file.endsWith(".ts") && !file.endsWith(".d.ts"));
	const bases = files.map(file => file.slice(0, -".ts".length));
	return bases.filter(base => (name === "*" ? true : base === name)).map(base => join(folder, base));
}

/** The manifests of modules/without, without their ending, but for those that leave out what is the SDK's. */
export const manifestsWithout: readonly string[] = readdirSync(join(modules, "without"))
	.filter(name => name.endsWith(".json") && !name.startsWith("sdk-"))
	.map(name => name.slice(0, -".json".length));

/** A manifest of modules/without and those that it includes. */
function included(name: string): Manifest[] {
	const manifest = read(`without/${name}.json`);
	const others = [manifest.include ?? []].flat().map(path => path.slice("./".length, -".json".length));
	return [manifest, ...others.flatMap(included)];
}

/** What a manifest of modules/without leaves out. Throws for a name that no file has. */
export function leftOut(name: string): string[] {
	const patterns = included(name).flatMap(({ modules }) => modules["~"] ?? []);
	return patterns.flatMap(pattern => {
		const files = matching(normalize(join("without", pattern)));
		if (files.length === 0) throw new Error(`modules/without/${name}.json: no file is called ${pattern}`);
		return files;
	});
}

/** Specifiers of all that is linked, with their files, when these manifests of modules/without are included. */
export function linkedModules(without: readonly string[]): Map<string, string> {
	const excluded = new Set(without.flatMap(leftOut));
	const linked = new Map<string, string>([["platform/limits", "platform/desk/limits"]]);
	for (const manifest of without.flatMap(included))
		for (const [specifier, file] of Object.entries(manifest.modules))
			if (specifier !== "~") linked.set(specifier, normalize(join("without", String(file))));
	for (const module of ["text", "tls", "httpsd", "identity"])
		for (const [specifier, patterns] of Object.entries(read(`${module}/manifest.json`).modules))
			for (const file of [patterns].flat().flatMap(pattern => matching(join(module, pattern))))
				if (!excluded.has(file)) linked.set(specifier.replace("*", relative(join(file, ".."), file)), file);
	return linked;
}

/** The manifests of modules/without that the demo includes on a platform, but for those that leave out what the SDK has. */
export function demoWithout(platform: "esp32" | "esp"): string[] {
	const { platforms } = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));
	return platforms[platform].include
		.map((path: string) => path.slice("./modules/without/".length, -".json".length))
		.filter((name: string) => manifestsWithout.includes(name));
}

/** The demo's own modules, which lie beside main.ts. */
export const demoModules: ReadonlyMap<string, string> = new Map(
	readdirSync(root)
		.filter(name => name.endsWith(".ts"))
		.map(name => name.slice(0, -".ts".length))
		.map(name => [name, join("..", name)])
);

/** What a module imports when it runs: types are gone by then, but for a statement that names types one by one. */
export function importsOf(specifier: string, file: string): string[] {
	const source = readFileSync(join(modules, `${file}.ts`), "utf8");
	const statements = source.matchAll(/^(?:import|export) (?!type )(?:[^;"]*? from )?"([^"]+)";$/gm);
	return [...statements].map(([, to]) =>
		(to as string).startsWith(".") ? join(specifier, "..", to as string) : (to as string)
	);
}

/** All that these import, themselves included. */
export function reachedFrom(roots: readonly string[], linked: ReadonlyMap<string, string>): Set<string> {
	const reached = new Set<string>();
	const waiting = [...roots];
	for (let specifier = waiting.pop(); specifier !== undefined; specifier = waiting.pop()) {
		const file = linked.get(specifier);
		if (file === undefined || reached.has(specifier)) continue;
		reached.add(specifier);
		waiting.push(...importsOf(specifier, file));
	}
	return reached;
}

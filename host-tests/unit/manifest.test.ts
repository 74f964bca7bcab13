// mcconfig compiles with the options in the manifest, tsc with those in tsconfig.json: the firmware has to mean the
// same in both.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { moduleNames } from "../modules.cjs";

const root = join(__dirname, "../..");

type Options = Record<string, unknown>;
interface Manifest {
	include: string[];
	platforms: Record<string, Manifest>;
	modules: Record<string, string | string[]>;
	preload: string[];
	creation?: Record<string, unknown>;
	typescript?: { tsconfig: { compilerOptions: Options } };
}

const readText = (path: string): string => readFileSync(join(root, path), "utf8");
const read = <T>(path: string): T => JSON.parse(readText(path)) as T;

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

/** The folders of a module, its own first, as they stand on disk. */
function foldersOf(module: string): string[] {
	const below = readdirSync(join(root, module), { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile() && /\.[tc]s?$/.test(entry.name))
		.map(entry => relative(join(root, module), entry.parentPath));
	return [...new Set(["", ...below])].sort();
}

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

test("modules/tls brings the sockets of the SDK for each platform, and nothing else that drives hardware or joins a network", () => {
	const { include, preload, platforms } = read<Manifest>("modules/tls/manifest.json");
	expect(include.filter(path => path.includes("MODDABLE"))).toEqual([]);
	const sockets = ["tcp", "listener"].map(name => `embedded:io/socket/${name}`);
	expect(preload).toEqual(expect.arrayContaining(sockets));
	const { win: _, esp32, ...supported } = platforms;
	expect([esp32?.include, esp32?.modules]).toEqual(["../tcp/manifest.json", undefined]);
	for (const { modules } of Object.values(supported)) {
		const named = Object.values(modules).flat();
		const ofTheSDK = named.filter(path => path.startsWith("$(MODDABLE)"));
		const [tcp = ""] = [modules["embedded:io/socket/tcp"]].flat();
		const folder = tcp.slice(0, -"/tcp".length);
		expect(folder).toMatch(/^\$\(MODDABLE\)\/modules\/io\/socket\/(lwip|lin|mac)$/);
		expect(ofTheSDK.sort()).toEqual(
			["$(MODDABLE)/modules/io/common/builtinCommon", `${folder}/listener`, `${folder}/tcp`].sort()
		);
	}
});

test("modules/tcp stands for the SDK's sockets, and takes those out of what includes them too", () => {
	const { modules, preload } = read<Manifest>("modules/tcp/manifest.json");
	const { "~": without, "*": files = [], ...sockets } = modules;
	expect(sockets).toEqual({ "embedded:io/socket/tcp": "./tcp", "embedded:io/socket/listener": "./listener" });
	expect(preload).toEqual(Object.keys(sockets));
	expect(without).toEqual(["tcp", "listener"].map(name => `$(MODDABLE)/modules/io/socket/lwip/${name}`));
	const folders = foldersOf("modules/tcp").filter(folder => folder !== "");
	expect(files).toEqual(expect.arrayContaining(folders.map(folder => `./${folder}/*`)));
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

test("sdkconfig: one line an option, which mcconfig merges by name", () => {
	const lines = readFileSync(join(root, "modules/tls/sdkconfig/sdkconfig.defaults"), "utf8").trimEnd().split("\n");
	const options = lines.filter(line => line !== "" && !line.startsWith("#"));
	const names = options.map(line => line.split("=")[0]);
	expect(options).toEqual(options.filter(line => /^CONFIG_[A-Z0-9_]+=(y|n|\d+)$/.test(line)));
	expect(new Set(names).size).toBe(names.length);
});

test("modules/platform: one folder for each platform, and each of them has all limits", () => {
	const { platforms } = read<{ platforms: Record<string, Manifest> }>("modules/platform/manifest.json");
	const named = Object.values(platforms).map(({ modules }) => modules["platform/*"]);
	const folders = readdirSync(join(root, "modules/platform"), { withFileTypes: true }).filter(each =>
		each.isDirectory()
	);
	expect(named.sort()).toEqual(folders.map(({ name }) => `./${name}/*`).sort());
	const limits = folders.map(({ name }) => require(join(root, `modules/platform/${name}/limits`)));
	for (const each of limits)
		for (const name of ["httpLimits", "tlsLimits"])
			expect(Object.keys(each[name])).toEqual(Object.keys(limits[0][name]));
});

test("modules/httpsd: XS has one block on an ESP32, which it does not have to share with TLS; boards say themselves what they have", () => {
	const { creation, platforms } = read<Manifest>("modules/httpsd/manifest.json");
	const row = /\{"esp32", (.*)\}/.exec(readText("host-tests/desk/device/platforms.c"))?.[1]?.split(", ") ?? [];
	const [block, initial, incremental, slots, moreSlots] = row.map(Number);
	expect(platforms.esp32?.creation).toEqual({
		static: block,
		chunk: { initial, incremental },
		heap: { initial: slots, incremental: moreSlots }
	});
	expect(readText("host-tests/desk/device/platforms.c")).toContain(
		`xsStack = ${creation?.stack}, xsStackOfESP8266 = ${platforms.esp?.creation?.stack} }`
	);
	// mcconfig takes the first name that matches, so that nothing of the above is said of a board.
	expect(Object.entries(platforms)[0]).toEqual(["esp32/*", {}]);
});

// The manifests of the package, made of those of modules/.
//
// Each is in two: manifest.json, which firmware includes, brings all modules of its folder; manifest_native.json has the C, the options of the
// build and the list of what is preloaded, and is what mcpack gets, for it finds by itself which modules are imported.
import { existsSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";

const json = value => `${JSON.stringify(value, null, "\t")}\n`;
const list = value => (value === undefined ? [] : [value].flat());

/** Names of modules of ours have the package's name before them. */
const named = (target, { name, folders }) =>
	folders.includes(target.slice(0, target.indexOf("/"))) ? `${name}/${target}` : target;

const hasScript = (folder, source) =>
	source.endsWith("/*") && readdirSync(join(folder, source.slice(0, -1))).some(file => file.endsWith(".ts"));

/** Parts `modules` into what is TypeScript of the folder and all else. */
function part(modules, folder, names) {
	const scripts = {};
	const rest = {};
	for (const [target, sources] of Object.entries(modules ?? {}))
		for (const source of list(sources)) {
			const into = source.startsWith("./") && hasScript(folder, source) ? scripts : rest;
			const key = named(target, names);
			into[key] = [...(into[key] ?? []), source];
		}
	return { scripts, rest };
}

/** Where the repository keeps what it has brought, the package has its own. */
const movedPaths = text =>
	text.replaceAll("/../../build/cache/fiat", "/../fiat").replaceAll("/../../build/", "/../../build/");

/**
 * @param manifest that of a folder of modules/
 * @param folder its path
 * @param names the package's `name`, and the `folders` of modules/
 * @returns texts by the names of the files
 */
export function split(manifest, folder, names) {
	const { include, modules, preload, ...options } = manifest;
	const { scripts, rest } = part(modules, folder, names);
	const natives = list(include).filter(path => existsSync(join(folder, path)));
	const ofTheSDK = list(include).filter(path => path.startsWith("$(MODDABLE)/"));
	const native = {
		include: [...ofTheSDK, ...natives.map(path => path.replace(/manifest\.json$/, "manifest_native.json"))],
		...options,
		modules: rest,
		preload: list(preload).map(module => named(module, names))
	};
	const whole = { include: ["./manifest_native.json", ...natives], modules: scripts };
	return { "manifest_native.json": movedPaths(json(native)), "manifest.json": json(whole) };
}

/** A manifest that stays one: those of modules/without and modules/sdk. */
export function rename(manifest, names) {
	const modules = Object.entries(manifest.modules ?? {}).map(([target, source]) => [named(target, names), source]);
	const preload = list(manifest.preload).map(module => named(module, names));
	return json({ ...manifest, modules: Object.fromEntries(modules), preload });
}

/**
 * Limits by platform. In the package the desk's are a module with a path of its own, which imports find; on a device another file takes its
 * place, and the first is left out.
 */
export function limits({ platforms, preload }, names) {
	const target = `${names.name}/platform/limits`;
	const place = ([platform, { modules }]) => {
		const [folder] = Object.values(modules).map(source => posix.basename(posix.dirname(source)));
		if (folder === "desk") return [platform, { modules: { [target]: "./limits" } }];
		return [platform, { modules: { "~": "./limits", [target]: `./${folder}/limits` } }];
	};
	return json({
		preload: preload.map(module => named(module, names)),
		platforms: Object.fromEntries(Object.entries(platforms).map(place))
	});
}

// A firmware whose modules of this project are one module, which is smaller: a manifest that includes another one, and has its
// modules bundled. What is imported is linked, and by the same names; what is not is not. Needs MODDABLE, and what `make js` makes.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { bundle } from "./bundle.mjs";
import { configure, javascriptOf, typescriptOf } from "./configure.mjs";

const isOurs = ({ source }) => source.startsWith(resolve("modules") + sep);
const withoutEnding = path => path.replace(/\.\w+$/, "");

/** What `make js` has compiled a module to. */
const compiled = ({ source }) => readFileSync(join("build/js", `${withoutEnding(relative(".", source))}.js`), "utf8");

/** Whether a text names a module: in an import that is not of types alone, or for `import()` or the SDK's `Modules`. */
const names = (text, specifier) => text.includes(`"${specifier}"`) || text.includes(`'${specifier}'`);

/** Those of our modules that others name. */
function facesOf(folder, ours) {
	const others = typescriptOf(folder).filter(module => !isOurs(module));
	const texts = [...others.map(({ source }) => source), ...javascriptOf(folder)].map(source =>
		readFileSync(source, "utf8").replace(/^(?:import|export) type [^;]*;$/gm, "")
	);
	return [...ours.keys()].filter(specifier => texts.some(text => names(text, specifier))).sort();
}

/** Writes a manifest that has the modules of `made` in place of `ours`, and their files beside it. */
function write(folder, manifest, ours, made) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const files = [...made].map(([specifier, code], at) => {
		const path = join(folder, `module-${at}.js`);
		writeFileSync(path, code);
		return [specifier, withoutEnding(path)];
	});
	const bundled = {
		include: [resolve(manifest)],
		modules: { "~": ours.map(({ source }) => withoutEnding(source)), ...Object.fromEntries(files) },
		preload: [...made.keys()],
		// Of modules in JavaScript TypeScript would have to look for types.
		typescript: { tsconfig: { compilerOptions: { noCheck: true, noResolve: true } } }
	};
	const path = join(folder, "manifest.json");
	writeFileSync(path, JSON.stringify(bundled, undefined, "\t"));
	return path;
}

/**
 * Writes OUT/NAME/manifest.json for a firmware and a platform, such as `esp32/esp32c3`, and returns its path. NAME is the folder of
 * its own manifest, which a firmware is called by.
 */
export async function bundleFirmware(platform, manifest, out) {
	const folder = configure(platform, manifest, join(out, "asked"));
	const ours = new Map(
		typescriptOf(folder)
			.filter(isOurs)
			.map(module => [module.specifier, module])
	);
	const sources = new Map([...ours].map(([specifier, module]) => [specifier, compiled(module)]));
	const made = await bundle(sources, facesOf(folder, ours));
	return write(resolve(out, basename(dirname(resolve(manifest)))), manifest, [...ours.values()], made);
}

// Makes one module of many, and leaves out what nothing calls. On a device a module takes some 250 bytes of flash, an import 32, a
// function some 130 besides its code, and a name 22 and its letters (docs/device.md, Flash).
import { posix } from "node:path";
import { minifySync } from "@swc/core";
import { rollup } from "rollup";
import { shortenPrivateNames } from "./private-names.mjs";

/** The module that the others are made of, where there is more than one. */
export const shared = "bundle/modules";

/** Specifiers are looked up as XS does: a relative one beside the module that names it. What is not bundled stays an import. */
const resolveIn = sources => ({
	name: "modules",
	resolveId(specifier, importer) {
		const isRelative = importer !== undefined && specifier.startsWith(".");
		const id = isRelative ? posix.join(posix.dirname(importer), specifier) : specifier;
		return sources.has(id) ? id : { id, external: true };
	},
	load: id => sources.get(id)
});

/** A module of rollup's output names others by their place beside it; here they are named as everywhere else. */
const byName = (code, fileName) =>
	code.replace(/ from '(\.[^']+)';$/gm, (_, path) => ` from "${posix.join(posix.dirname(fileName), path)}";`);

/**
 * What swc does by default it does for browsers: it puts a function that is called once into its only caller, where XS makes it anew at
 * each call, and knows none that is C (`native`). So nothing is moved; local variables are short, and all others keep their names.
 */
const options = {
	module: true,
	ecma: 2022,
	compress: { defaults: false, module: true, const_to_let: false, keep_classnames: true, keep_fnames: true },
	mangle: { toplevel: false, keep_classnames: true }
};

/** Modules import each other in circles, where neither needs the other while it runs for itself; and some have types alone. */
const expected = ["CIRCULAR_DEPENDENCY", "EMPTY_BUNDLE"];

/**
 * The modules that take the place of `sources`, both by specifier: `faces`, which others import, and what they share.
 * @throws what rollup warns of, such as an export that is not there
 */
export async function bundle(sources, faces) {
	if (faces.length === 0) return new Map();
	const made = await rollup({
		input: Object.fromEntries(faces.map(face => [face, face])),
		plugins: [resolveIn(sources)],
		treeshake: { moduleSideEffects: false },
		onwarn({ code, message }) {
			if (!expected.includes(code)) throw new Error(message);
		}
	});
	const { output } = await made.generate({
		format: "es",
		exports: "named",
		generatedCode: "es2015",
		manualChunks: () => shared,
		hoistTransitiveImports: false,
		sanitizeFileName: false,
		entryFileNames: "[name]",
		chunkFileNames: "[name]"
	});
	await made.close();
	return new Map(
		output.map(({ fileName, code }) => [
			fileName,
			shortenPrivateNames(minifySync(byName(code, fileName), options).code)
		])
	);
}

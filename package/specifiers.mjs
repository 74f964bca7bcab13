// The specifiers of what is compiled, as a package wants them.
//
// In the repository a module is imported from another folder of modules/ by its name, "tls/context", which a manifest gives it. A package has
// only its own name, so files import each other by their paths, with the extension that Node's resolution and the SDK's mcpack want.
import { posix } from "node:path";

const specifier = /((?:\bfrom|\bimport)\s*\(?\s*)"([^"]+)"/g;
// Modules that stand under the names of others: what they import, they import by name.
const underOtherNames = ["sdk", "without"];

/** The module in modules/ that a specifier in the file `path` (relative to modules/) stands for; `undefined` for one of the SDK's. */
function moduleOf(path, given, folders) {
	if (given.startsWith(".")) return posix.join(posix.dirname(path), given);
	return folders.includes(given.slice(0, given.indexOf("/"))) ? given : undefined;
}

function relative(path, module) {
	const way = posix.relative(posix.dirname(path), `${module}.js`);
	return way.startsWith(".") ? way : `./${way}`;
}

/** @returns the line with its specifiers: the package's name in comments, for who reads examples there */
function rewriteLine(line, path, { name, folders }) {
	const byName = /^\s*(\*|\/\/|\/\*)/.test(line) || underOtherNames.includes(path.slice(0, path.indexOf("/")));
	return line.replace(specifier, (all, before, given) => {
		const module = moduleOf(path, given, folders);
		if (module === undefined) return all;
		return `${before}"${byName ? `${name}/${module}` : relative(path, module)}"`;
	});
}

/** A compiled file's text. @param path its path in modules/. @param names the package's `name`, and the `folders` of modules/ */
export function rewrite(text, path, names) {
	return text
		.split("\n")
		.map(line => rewriteLine(line, path, names))
		.join("\n");
}

// The C files under a folder, read as text, and what belongs together.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { includesOf, linkageOf } from "./c-declarations.mjs";

// X.c, X.h and X-internal.h are one unit.
export const unitOf = path => path.replace(/(?:-internal)?\.[ch]$/, "");
export const headersOf = path => [".h", "-internal.h"].map(ending => unitOf(path) + ending);

// The file that an #include in `path` names, as the compiler looks for it: beside the file, then in the roots.
function resolve(path, name, roots) {
	const folders = [posix.dirname(path), ...roots];
	return folders.map(folder => posix.join(folder, name)).find(existsSync);
}

/** By path: text, room (its folder), includes (`name`, and `target` when it is a file of ours), names defined and declared. */
export function readFiles(folder, roots) {
	const names = readdirSync(folder, { recursive: true }).filter(name => /\.[ch]$/.test(name));
	const files = new Map();
	for (const path of names.map(name => posix.join(folder, name)).sort()) {
		const text = readFileSync(path, "utf8");
		const includes = includesOf(text).map(include => ({
			...include,
			target: include.name && resolve(path, include.name, roots)
		}));
		files.set(path, { text, includes, room: posix.dirname(path), ...linkageOf(text) });
	}
	return files;
}

/** The paths of `start` and of all that it includes, by whatever way. */
export function reach(start, files, seen = new Set()) {
	if (seen.has(start)) return seen;
	seen.add(start);
	for (const { target } of files.get(start)?.includes ?? []) if (target) reach(target, files, seen);
	return seen;
}

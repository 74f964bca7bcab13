// node c-objects.mjs NM OBJECT...: what c-rooms.mjs has read in the text of the C is what the compiler has seen. X.includes
// beside X.o is the output of `gcc -E -dI`, or those lines of it that begin with #.
//
// Text can hide an #include or a prototype, in macros for one; the compiler cannot miss them. So
// - each #include that it has carried out is known to the rule,
// - each name that an object gives to the linker is written in its file,
// - whoever uses such a name includes a header that declares it, by which the arrows go.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, posix } from "node:path";
import { readFiles } from "./c-files.mjs";

const { C } = JSON.parse(readFileSync(new URL("layers.json", import.meta.url), "utf8"));

// Lines of `-E -dI`: `# LINE "FILE" FLAGS` says where what follows stands, `#include "NAME"` what was asked for there.
function readIncludes(text) {
	const includes = [];
	const opened = new Set();
	let file = "";
	for (const line of text.split("\n")) {
		const marker = /^# \d+ "([^"]*)"/.exec(line);
		if (marker) file = posix.normalize(marker[1]);
		opened.add(file);
		const name = /^#\w+ ["<]([^">]*)[">]/.exec(line)?.[1];
		if (name) includes.push({ file, name });
	}
	return { includes, opened };
}

function* checkIncludes(includes, files) {
	for (const { file, name } of includes)
		if (files.has(file) && !files.get(file).includes.some(each => each.name === name))
			yield `${file} includes ${name}, which is not to be read in it`;
}

// A line of `nm -A`: FILE:[VALUE] TYPE NAME. Types in capitals are global, U is what the object itself lacks.
function* symbolsIn(listing, paths) {
	for (const [, object, type, name] of listing.matchAll(/^(.*):[0-9a-f]* +([A-Z]) (\S+)$/gm))
		yield { path: paths.get(basename(object, ".o")), name, isDefined: type !== "U" };
}

function isDeclaredIn(paths, name, files) {
	return [...paths].some(path => path.endsWith(".h") && files.get(path)?.declared.has(name));
}

function* checkSymbols(symbols, opened, files) {
	const definers = new Map(symbols.filter(each => each.isDefined).map(({ name, path }) => [name, path]));
	for (const { path, name, isDefined } of symbols) {
		const definer = definers.get(name);
		if (isDefined && !files.get(path).defined.has(name)) yield `${path} defines ${name}, which is not to be read in it`;
		if (!isDefined && definer && !isDeclaredIn(opened.get(path), name, files))
			yield `${path} uses ${name} of ${definer}, and includes no header that declares it`;
	}
}

function problemsOf(nm, objects) {
	const files = readFiles("modules", C.roots);
	const paths = new Map(
		[...files.keys()].filter(path => path.endsWith(".c")).map(path => [basename(path, ".c"), path])
	);
	const problems = new Set();
	const opened = new Map();
	for (const object of objects) {
		const seen = readIncludes(readFileSync(object.replace(/\.o$/, ".includes"), "utf8"));
		opened.set(paths.get(basename(object, ".o")), seen.opened);
		for (const problem of checkIncludes(seen.includes, files)) problems.add(problem);
	}
	const symbols = [...symbolsIn(execFileSync(nm, ["-A", "--", ...objects], { encoding: "utf8" }), paths)];
	for (const problem of checkSymbols(symbols, opened, files)) problems.add(problem);
	return [...problems];
}

const [, , nm, ...objects] = process.argv;
const problems = problemsOf(nm, objects);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

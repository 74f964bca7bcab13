// Compiles the TypeScript of a firmware in one run: node typescript.mjs TMP, the folder in which mcconfig has put the makefile.
//
// The makefile has tsc run once a file, some two hundred times. What is compiled here it finds where it looks for it, newer than its
// source, and leaves alone. Only where files are compiled without regard to each other (isolatedModules, noCheck, noResolve), so
// that each comes out as it would there.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const [, , tmp] = process.argv;
const modules = join(tmp, "modules");
const base = join(modules, "tsconfig-base.json");
const suffix = "-tsconfig.json";
const readJSON = path => JSON.parse(readFileSync(path, "utf8"));
const made = (folder, source) => join(folder, source.replace(/\.ts$/, ".js"));
const timeOf = path => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** What mcconfig wants compiled: the source, and the folder below which it goes. */
function wanted() {
	const names = readdirSync(modules, { recursive: true }).filter(name => name.endsWith(suffix));
	const all = names.map(name => readJSON(join(modules, name)));
	return all.map(({ files: [source], compilerOptions: { outDir } }) => ({ source, outDir }));
}

function isStale({ source, outDir }) {
	const time = timeOf(made(outDir, source));
	return time <= timeOf(source) || time <= timeOf(base);
}

/** Puts what was made of a source where the makefile looks for it; a map leads to its source from there. */
function place(from, { source, outDir }) {
	const target = made(outDir, source);
	const map = readJSON(`${made(from, source)}.map`);
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(`${target}.map`, JSON.stringify({ ...map, sources: [relative(dirname(target), source)] }));
	writeFileSync(target, readFileSync(made(from, source)));
}

function compile(stale) {
	const from = join(tmp, "tsc-at-once");
	const project = join(tmp, "at-once.json");
	const compilerOptions = { rootDir: "/", outDir: from };
	const files = [...new Set(stale.map(({ source }) => source))];
	writeFileSync(project, JSON.stringify({ extends: base, compilerOptions, files }));
	const { status } = spawnSync("tsc", ["-p", project], { stdio: "inherit" });
	if (status !== 0) process.exit(1);
	for (const each of stale) place(from, each);
	rmSync(from, { recursive: true });
}

if (existsSync(base)) {
	const { isolatedModules, noCheck, noResolve, sourceMap } = readJSON(base).compilerOptions;
	const stale = isolatedModules && noCheck && noResolve && sourceMap ? wanted().filter(isStale) : [];
	if (stale.length > 0) compile(stale);
}

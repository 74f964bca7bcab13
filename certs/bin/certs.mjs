#!/usr/bin/env node
// Starts the tool: from a package, which has it compiled, or from a clone; there it is compiled first when these sources never were.
//
// The product's folder is named by a digest of the sources and appears whole, by a rename: an interrupted compilation
// leaves nothing that looks complete, and of two at the same time the later finds the work done.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const HOUR = 3_600_000;
const root = fileURLToPath(new URL("../..", import.meta.url));
const sources = join(root, "certs");
const products = join(root, "build", "certs");
const isClone = existsSync(join(sources, "main.ts"));
const product = isClone ? join(products, digest()) : join(root, "dist", "certs");

if (!existsSync(product)) compile();
await import(pathToFileURL(join(product, "main.js")));

function digest() {
	const hash = createHash("sha256").update(readFileSync(join(root, "tsconfig.json")));
	const names = readdirSync(sources, { recursive: true }).filter(name => /\.(ts|json)$/.test(name));
	for (const name of names.sort()) hash.update(`\n${name}\n`).update(readFileSync(join(sources, name)));
	return hash.digest("hex").slice(0, 16);
}

function compile() {
	const require = createRequire(import.meta.url);
	let compiler;
	try {
		compiler = require.resolve("typescript/package.json");
	} catch {
		console.error("error: the TypeScript compiler is not installed\nRun npm ci first");
		process.exit(1);
	}
	removeOld();
	const aside = mkdtempSync(join(products, "unfinished-"));
	const tsc = join(compiler, "..", require(compiler).bin.tsc);
	const argv = [tsc, "-p", sources, "--outDir", aside];
	const { status } = spawnSync(process.execPath, argv, { cwd: root, stdio: ["ignore", 2, 2] });
	if (status === 0) putInPlace(aside);
	rmSync(aside, { recursive: true, force: true });
	if (status !== 0) process.exit(1);
}

function putInPlace(aside) {
	try {
		renameSync(aside, product);
	} catch (error) {
		if (!existsSync(product)) throw error;
	}
}

// What other sources gave, and what was left unfinished; not what may still be running or compiled just now.
function removeOld() {
	mkdirSync(products, { recursive: true });
	for (const path of readdirSync(products).map(name => join(products, name))) {
		const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
		if (Date.now() - made > HOUR) rmSync(path, { recursive: true, force: true });
	}
}

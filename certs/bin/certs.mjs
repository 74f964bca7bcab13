#!/usr/bin/env node
// Starts the tool from a clone; compiles it first when it never was, or when a source is newer than the product.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sources = join(root, "certs");
const main = join(root, "build", "certs", "main.js");

if (isStale()) compile();
await import(new URL("../../build/certs/main.js", import.meta.url));

function isStale() {
	if (!existsSync(main)) return true;
	const made = statSync(main).mtimeMs;
	const names = readdirSync(sources, { recursive: true }).filter(name => /\.(ts|json)$/.test(name));
	return names.some(name => statSync(join(sources, name)).mtimeMs > made);
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
	const tsc = join(compiler, "..", require(compiler).bin.tsc);
	const { status } = spawnSync(process.execPath, [tsc, "-p", sources], { cwd: root, stdio: ["ignore", 2, 2] });
	if (status !== 0) process.exit(1);
}

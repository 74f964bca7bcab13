#!/usr/bin/env node
// What a project runs that has installed the package: it brings what is in no package of npm.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const usage = `Usage: moddable-https-server simulator

  simulator   fetches and compiles mbedTLS 3.6 for the Moddable SDK's simulator (Linux), once;
              a source tree that is there already: MBEDTLS_DIR=<its folder>

Certificates are made by: npx certs --help`;

const commands = {
	simulator: [
		["dist/toolchain/packages.sh", "build"],
		["dist/toolchain/mbedtls-source.sh"],
		["make", "--no-print-directory", "-s", "-j2", "-f", "dist/toolchain/mbedtls.mk", "VARIANT=pic", "mbedtls"]
	]
};

const [name, ...rest] = process.argv.slice(2);
const steps = rest.length === 0 && Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
if (steps === undefined) {
	const isAsked = name === "--help" || name === "-h";
	(isAsked ? console.log : console.error)(usage);
	process.exit(isAsked ? 0 : 1);
}
if (!existsSync(`${root}/dist`)) {
	console.error("This is a clone, which has: make modules");
	process.exit(1);
}
for (const [program, ...parameters] of steps) {
	const { status, error } = spawnSync(program, parameters, { cwd: root, stdio: "inherit" });
	if (error) console.error(error.message);
	if (status !== 0) process.exit(1);
}

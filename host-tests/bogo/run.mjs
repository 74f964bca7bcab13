// `make bogo`: BoringSSL's test runner against the engine; one line a case that fails, and the counts.
//
// run.mjs RUNNER SHIM FOLDER [PATTERNS]: the compiled runner, the shim, the runner's folder, and of which cases (those
// of the runner's -test, such as "HelloRetryRequest-*;Resume-*"). cases.json says which cases are not for us, and why.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";

const [runner, shim, folder, patterns = ""] = process.argv.slice(2);
const cases = new URL("cases.json", import.meta.url).pathname;
const log = "build/bogo/cases.log";
const parameters = [
	"-pipe",
	"-loose-errors",
	"-allow-unimplemented",
	...["-num-workers", String(3 * cpus().length)],
	...["-shim-path", resolve(shim), "-shim-config", cases],
	...(patterns ? ["-test", patterns] : [])
];

/** All that the runner prints. */
function run() {
	const child = spawn(resolve(runner), parameters, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
	const chunks = [];
	child.stdout.on("data", chunk => chunks.push(chunk));
	return new Promise((found, failed) => {
		child.on("error", failed);
		child.on("close", () => found(Buffer.concat(chunks).toString("latin1")));
	});
}

/** Of each case its result, its name and what was said of it. */
function read(output) {
	const parts = output.split(/^(PASSED|FAILED|UNIMPLEMENTED|DISABLED) \((.*)\)$/m);
	const results = [];
	for (let at = 1; at + 2 < parts.length; at += 3)
		results.push({ result: parts[at], name: parts[at + 1], said: parts[at + 2].trim().split("\n")[0] });
	return results;
}

const output = await run();
const results = read(output);
const count = result => results.filter(row => row.result === result).length;
mkdirSync("build/bogo", { recursive: true });
writeFileSync(log, output, "latin1");
for (const { name, said } of results.filter(row => row.result === "FAILED").sort((a, b) => (a.name < b.name ? -1 : 1)))
	console.log(`not ok - ${name}: ${said}`);
if (results.length === 0) console.log(output);

console.log(
	`${count("UNIMPLEMENTED")} ask for what is not here (DTLS, QUIC, 0-RTT, BoringSSL's own interface); ${log} has all that was said`
);
console.log(`${count("PASSED")} passed, ${count("FAILED")} failed`);
process.exit(results.length === 0 || count("FAILED") > 0 ? 1 : 0);

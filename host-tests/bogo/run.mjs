// `make bogo`: BoringSSL's test runner against the engine; one line a case that fails, and the counts.
//
// run.mjs RUNNER SHIM FOLDER [PATTERNS]: the compiled runner, the shim, the runner's folder, and of which cases (those
// of the runner's -test, such as "HelloRetryRequest-*;Resume-*"). cases.json says which cases are not for us, and why.
// Those are run as well, so that what it says is known to be true: a pattern of which every case passes is stale, and
// fails the run.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";

const [runner, shim, folder, patterns = ""] = process.argv.slice(2);
const cases = new URL("cases.json", import.meta.url).pathname;
const log = "build/bogo/cases.log";
const unimplemented = resolve("build/bogo/unimplemented.log"); // to which the shim adds what it does not have
const parameters = [
	"-pipe",
	"-loose-errors",
	"-allow-unimplemented",
	"-include-disabled",
	...["-num-workers", String(3 * cpus().length)],
	...["-shim-path", resolve(shim), "-shim-config", cases],
	...(patterns ? ["-test", patterns] : [])
];

/** All that the runner prints. */
function run() {
	const child = spawn(resolve(runner), parameters, {
		cwd: folder,
		stdio: ["ignore", "pipe", "inherit"],
		env: { ...process.env, BOGO_UNIMPLEMENTED: unimplemented }
	});
	const chunks = [];
	child.stdout.on("data", chunk => chunks.push(chunk));
	return new Promise((found, failed) => {
		child.on("error", failed);
		child.on("close", () => found(Buffer.concat(chunks).toString("latin1")));
	});
}

/** Of each case its result, its name and what was said of it. */
function read(output) {
	const parts = output.split(/^(PASSED|FAILED|UNIMPLEMENTED) \((.*)\)$/m);
	const results = [];
	for (let at = 1; at + 2 < parts.length; at += 3)
		results.push({ result: parts[at], name: parts[at + 1], said: parts[at + 2].trim().split("\n")[0] });
	return results;
}

/** As the runner matches them: `*` and `?`. */
const matcher = pattern =>
	new RegExp(
		`^${pattern
			.replace(/[.+^${}()|[\]\\]/g, "\\$&")
			.replaceAll("*", ".*")
			.replaceAll("?", ".")}$`
	);

const leftOut = Object.entries(JSON.parse(readFileSync(cases, "utf8")).DisabledTests).map(([pattern, reason]) => ({
	pattern,
	reason,
	matches: matcher(pattern),
	found: []
}));

/** How often each is there, the most frequent first. */
function tally(items) {
	const counts = new Map();
	for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
	return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

const print = items => {
	for (const [item, times] of tally(items)) console.log(`#   ${String(times).padStart(5)}  ${item}`);
};

mkdirSync("build/bogo", { recursive: true });
rmSync(unimplemented, { force: true });
const output = await run();
const results = read(output);
writeFileSync(log, output, "latin1");
if (results.length === 0) console.log(output);

const withResult = result => results.filter(row => row.result === result);
const excused = [];
for (const row of results) {
	const entries = leftOut.filter(({ matches }) => matches.test(row.name));
	for (const { found } of entries) found.push(row.result);
	if (entries.length > 0 && row.result === "FAILED") excused.push({ ...row, reason: entries[0].reason });
}
const excusedNames = new Set(excused.map(({ name }) => name));
const failed = withResult("FAILED").filter(({ name }) => !excusedNames.has(name));
const stale = leftOut.filter(({ found }) => found.length > 0 && !found.includes("FAILED") && found.includes("PASSED"));
const unused = patterns ? [] : leftOut.filter(({ found }) => found.length === 0);

for (const { name, said } of failed.sort((a, b) => (a.name < b.name ? -1 : 1)))
	console.log(`not ok - ${name}: ${said}`);
for (const { pattern, found } of stale) console.log(`not ok - cases.json: ${pattern}: all ${found.length} pass`);
for (const { pattern } of unused) console.log(`not ok - cases.json: ${pattern}: there is no such case`);

console.log(`# ${withResult("UNIMPLEMENTED").length} ask for what is not here (${log} has their names):`);
print(existsSync(unimplemented) ? readFileSync(unimplemented, "utf8").trim().split("\n") : []);
console.log(`# ${excused.length} fail and are left out (cases.json):`);
print(excused.map(({ reason }) => reason));
console.log(`${withResult("PASSED").length} passed, ${failed.length} failed`);
process.exit(results.length === 0 || failed.length + stale.length + unused.length > 0 ? 1 : 0);

// `make test`: every stage, each with its own count, and one plain line at the end.
//
// A stage is a command. Its tests are counted from TAP (C), from jest's report, or as one when it has no count. What is compiled comes
// first, for that takes all processors; then real clients, which wait most of their time, and beside them what computes: it takes
// what they leave of the processors.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { failuresIn, skipReasons, summaryLines } from "./summary.mjs";

const reportOf = project => `build/test/jest-${project}.json`;
const make = (...goals) => ["make", "--no-print-directory", "-s", ...goals];
// Jest leaves one processor of two unused. The interop tests wait, for clients and deadlines, two thirds of their time.
const workers = { unit: Math.max(2, availableParallelism() - 1), interop: 5 };
const inJest = project => [
	"node_modules/.bin/jest",
	"--selectProjects",
	project,
	"--json",
	`--outputFile=${reportOf(project)}`,
	`--maxWorkers=${workers[project]}`
];

// The files of the interop tests that run once more on the host with sanitizers and garbage collection at odd moments.
const forSanitizers = ["interop/client/", "interop/tls/(alpn|bad-input|clients|leaks|lifecycle|stall)\\."];

// On 32 bits: that C, glue and TypeScript hold there. host-tests/engine has the rest, on a device's own instruction set.
const for32Bits = ["interop/tls/(alpn|clients|leaks)\\.", "interop/client/authentication\\."];

// What is written for i386 alone.
const ofProcessor = ["gcm", "gcm-aes", "curves", "products", "power"];

/** How programs of `variant` run on this machine. The script says what is wrong when it cannot tell. */
function wayOf(variant) {
	const parameters = ["way", variant];
	const { status, stdout } = spawnSync("host-tests/toolchain/variant32.sh", parameters, {
		encoding: "utf8",
		stdio: ["ignore", "pipe", "inherit"]
	});
	if (status !== 0) process.exit(1);
	return stdout.trim();
}

const before = [
	{ name: "C for a RISC-V device, no warnings", command: make("cross-compile") },
	{ name: "C for an Xtensa device, no warnings", command: make("cross-compile", "CORE=lx106") },
	{ name: "desk host, release", command: make("build", "identity") },
	{ name: "desk host, sanitizers", command: make("desk", "VARIANT=debug") },
	{ name: "desk host, 32-bit", command: make("desk", "VARIANT=m32") },
	{ name: "desk host, device-sized", command: make("desk", "VARIANT=device") }
];

const inTurn = [
	{ name: "real clients against the desk host", command: inJest("interop"), project: "interop" },
	{
		name: "real clients, sanitizers",
		command: ["env", "DESK_VARIANT=debug", ...inJest("interop"), "--testPathPatterns", ...forSanitizers],
		project: "interop"
	},
	{
		name: `real clients, 32-bit, ${wayOf("m32")}`,
		command: ["env", "DESK_VARIANT=m32", ...inJest("interop"), "--testPathPatterns", ...for32Bits],
		project: "interop"
	}
];

const beside = [
	{ name: "lint", command: make("lint") },
	{ name: "TypeScript in Node", command: inJest("unit"), project: "unit" },
	{ name: "C engine, release", command: make("engine-test"), count: countTap },
	{ name: "branches on secrets", command: make("constant-time"), count: countTap },
	{ name: "C engine, sanitizers", command: make("engine-test", "VARIANT=debug"), count: countTap },
	{ name: "fuzz targets over their seeds, sanitizers", command: make("fuzz-replay"), count: countTap },
	{ name: `C engine, rv32imc, ${wayOf("rv32")}`, command: make("engine-test", "VARIANT=rv32"), count: countTap },
	{
		name: "AES-GCM and curves, i386",
		command: make(
			"-f",
			"host-tests/engine/engine.mk",
			"VARIANT=m32",
			...ofProcessor.map(test => `engine-test-${test}`)
		),
		count: countTap
	},
	{ name: "C engine, as the ESP8266 has it", command: make("engine-test", "VARIANT=esp8266"), count: countTap }
].map(stage => ({ ...stage, command: ["nice", "-n", "15", ...stage.command], isQuiet: true }));

function countTap(output) {
	return {
		passed: (output.match(/^ok /gm) ?? []).length,
		failed: (output.match(/^not ok /gm) ?? []).length,
		failures: output.match(/^not ok .*$/gm) ?? []
	};
}

function countJest(project) {
	const results = JSON.parse(readFileSync(reportOf(project), "utf8"));
	const { numPassedTests, numFailedTests, numFailedTestSuites } = results;
	return {
		passed: numPassedTests,
		failed: Math.max(numFailedTests, numFailedTestSuites),
		failures: failuresIn(results),
		skipped: skipReasons(results)
	};
}

/** What a command prints is printed as it comes, unless it is quiet. */
function run([program, ...parameters], isQuiet) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, parameters, { stdio: ["ignore", "pipe", isQuiet ? "pipe" : "inherit"] });
		let output = "";
		const collect = chunk => {
			output += chunk;
			if (!isQuiet) process.stdout.write(chunk);
		};
		child.stdout.on("data", collect);
		child.stderr?.on("data", collect);
		child.on("error", reject);
		child.on("close", status => resolve({ status, output }));
	});
}

async function runStage({ name, command, project, count = project && (() => countJest(project)), isQuiet = false }) {
	const header = `\n== ${name}\n`;
	if (!isQuiet) process.stdout.write(header);
	if (project !== undefined) rmSync(reportOf(project), { force: true });
	const started = Date.now();
	const { status, output } = await run(command, isQuiet);
	if (isQuiet) process.stdout.write(header + output);
	const {
		passed,
		failed,
		failures = [],
		skipped = []
	} = count ? readCount(count, output) : { passed: status === 0 ? 1 : 0, failed: 0 };
	return {
		name,
		passed,
		failed: status !== 0 && failed === 0 ? 1 : failed,
		failures,
		skipped,
		seconds: (Date.now() - started) / 1000
	};
}

async function runAll(stages) {
	const results = [];
	for (const stage of stages) results.push(await runStage(stage));
	return results;
}

// A stage that broke before it could count has failed, and its exit status says so.
function readCount(count, output) {
	try {
		return count(output);
	} catch {
		return { passed: 0, failed: 0 };
	}
}

mkdirSync("build/test", { recursive: true });
const results = await runAll(before);
for (const more of await Promise.all([runAll(inTurn), runAll(beside)])) results.push(...more);

console.log(["\n== summary", ...summaryLines(results)].join("\n"));
process.exit(results.some(({ failed }) => failed > 0) ? 1 : 0);

// `make test`: every stage in turn, each with its own count, and one plain line at the end.
//
// A stage is a command. Its tests are counted from TAP (C), from jest's report, or as one when it has no count.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { skipReasons, summaryLines } from "./summary.mjs";

const report = "build/test/jest.json";
const make = (...goals) => ["make", "--no-print-directory", "-s", ...goals];
// Jest leaves one processor of two unused. The interop tests wait, for clients and deadlines, more than half of their time.
const workers = { unit: Math.max(2, availableParallelism() - 1), interop: 3 };
const inJest = project => [
	"node_modules/.bin/jest",
	"--selectProjects",
	project,
	"--json",
	`--outputFile=${report}`,
	`--maxWorkers=${workers[project]}`
];

// The files of the interop tests that run once more on the host with sanitizers and garbage collection at odd moments.
const forSanitizers = ["interop/client/", "interop/tls/(alpn|bad-input|clients|leaks|lifecycle|stall)\\."];

// On 32 bits: that C, glue and TypeScript hold there. host-tests/engine has the rest, on a device's own instruction set.
const for32Bits = ["interop/tls/(alpn|clients|leaks)\\.", "interop/client/authentication\\."];

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

const stages = [
	{ name: "lint", command: make("lint") },
	{ name: "C for a RISC-V device, no warnings", command: make("cross-compile") },
	{ name: "C for an Xtensa device, no warnings", command: make("cross-compile", "CORE=lx106") },
	{ name: "TypeScript in Node", command: inJest("unit"), count: countJest },
	{ name: "C engine, release", command: make("engine-test"), count: countTap },
	{ name: "branches on secrets", command: make("constant-time"), count: countTap },
	{ name: "C engine, sanitizers", command: make("engine-test", "VARIANT=debug"), count: countTap },
	{ name: "fuzz targets over their seeds, sanitizers", command: make("fuzz-replay"), count: countTap },
	{ name: `C engine, rv32imc, ${wayOf("rv32")}`, command: make("engine-test", "VARIANT=rv32"), count: countTap },
	{ name: "C engine, as the ESP8266 has it", command: make("engine-test", "VARIANT=esp8266"), count: countTap },
	{ name: "desk host, release", command: make("build", "identity") },
	{ name: "desk host, sanitizers", command: make("desk", "VARIANT=debug") },
	{ name: "desk host, 32-bit", command: make("desk", "VARIANT=m32") },
	{ name: "desk host, device-sized", command: make("desk", "VARIANT=device") },
	{ name: "real clients against the desk host", command: inJest("interop"), count: countJest },
	{
		name: "real clients, sanitizers",
		command: ["env", "DESK_VARIANT=debug", ...inJest("interop"), "--testPathPatterns", ...forSanitizers],
		count: countJest
	},
	{
		name: `real clients, 32-bit, ${wayOf("m32")}`,
		command: ["env", "DESK_VARIANT=m32", ...inJest("interop"), "--testPathPatterns", ...for32Bits],
		count: countJest
	}
];

function countTap(output) {
	return {
		passed: (output.match(/^ok /gm) ?? []).length,
		failed: (output.match(/^not ok /gm) ?? []).length
	};
}

function countJest() {
	const results = JSON.parse(readFileSync(report, "utf8"));
	const { numPassedTests, numFailedTests, numFailedTestSuites } = results;
	return {
		passed: numPassedTests,
		failed: Math.max(numFailedTests, numFailedTestSuites),
		skipped: skipReasons(results)
	};
}

function run([program, ...parameters]) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, parameters, { stdio: ["ignore", "pipe", "inherit"] });
		let output = "";
		child.stdout.on("data", chunk => {
			output += chunk;
			process.stdout.write(chunk);
		});
		child.on("error", reject);
		child.on("close", status => resolve({ status, output }));
	});
}

async function runStage({ name, command, count }) {
	console.log(`\n== ${name}`);
	const started = Date.now();
	const { status, output } = await run(command);
	const {
		passed,
		failed,
		skipped = []
	} = count ? readCount(count, output) : { passed: status === 0 ? 1 : 0, failed: 0 };
	return {
		name,
		passed,
		failed: status !== 0 && failed === 0 ? 1 : failed,
		skipped,
		seconds: (Date.now() - started) / 1000
	};
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
const results = [];
for (const stage of stages) {
	rmSync(report, { force: true });
	results.push(await runStage(stage));
}

console.log(["\n== summary", ...summaryLines(results)].join("\n"));
process.exit(results.some(({ failed }) => failed > 0) ? 1 : 0);

// What a server and the demo take of a device's memory, step by step: node host-tests/desk/device-figures.mjs [PLATFORM].
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get } from "node:https";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { moduleOptions, placesOf } from "../modules.cjs";
import { printPlaces } from "./device-places.mjs";
import { printStates } from "./device-states.mjs";
import { printPlainStates } from "./plain-states.mjs";

const platform = process.argv[2] ?? "esp32c3";
const platforms = ["esp32", "esp32c3", "esp8266"];
if (!platforms.includes(platform)) {
	console.error(`PLATFORM is one of ${platforms.join(" ")}, not "${platform}"`);
	process.exit(1);
}
const places = placesOf(platform);
/** Milliseconds after which the program has printed what there is. */
const settled = 700;
/** Milliseconds for a request; where C has no memory for a handshake, none comes. */
const patience = 10_000;
const list = execFileSync("node", ["host-tests/desk/preloads.mjs", "build/js"], { encoding: "utf8" });
const common = [...moduleOptions(platform), ...list.trim().split(" "), "--platform", platform, "--config", "port=0"];
const columns = ["XS free", "slots", "chunks", "XS stack", "C free", "C lowest"];

function start(parameters) {
	const child = spawn("host-tests/toolchain/variant32.sh", [
		"run",
		"m32",
		"build/desk/device/desk",
		...common,
		...parameters
	]);
	const program = { child, output: "", ended: new Promise(end => child.on("close", end)) };
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", text => {
			program.output += text;
		});
	return program;
}

const fetch = (port, agent) =>
	new Promise((done, failed) => {
		const signal = AbortSignal.timeout(patience);
		const request = get({ host: "127.0.0.1", port, agent, rejectUnauthorized: false, signal }, response =>
			response.resume().on("end", done)
		);
		request.on("error", failed);
	});

const steps = output =>
	[...output.matchAll(/^(.*): (\[.*\])$/gm)].map(([, step, figures]) => [step, JSON.parse(figures)]);

const print = (step, figures) =>
	console.log(step.padEnd(24), figures.map(figure => String(figure).padStart(9)).join(""));

async function connect(program, port, agents) {
	for (const count of new Set([1, places])) {
		while (agents.length < count) {
			agents.push(new Agent({ keepAlive: true, maxSockets: 1, minVersion: "TLSv1.3" }));
			await fetch(port, agents.at(-1));
		}
		await sleep(settled);
		// A server that has no more places has closed the oldest.
		const open = agents.filter(agent => Object.keys(agent.freeSockets).length > 0).length;
		print(`connections: ${open}`, steps(program.output).at(-1)[1]);
	}
}

/** Its port; undefined when it has ended before. */
async function whenServing(program) {
	while (program.child.exitCode === null) {
		const port = /^Serving .*:(\d+)$/m.exec(program.output)?.[1];
		await sleep(settled);
		if (port !== undefined) return Number(port);
	}
	return undefined;
}

/** Of what there are no figures, and why. */
const unmeasured = [];

async function end(name, program) {
	const hasEnded = program.child.exitCode !== null;
	program.child.kill();
	const status = await program.ended;
	if (!hasEnded && status === 0) return;
	const [last] = program.output.trim().split("\n").slice(-1);
	console.log(last);
	unmeasured.push(`${name}: ${last || `it ended by itself, with status ${status}`}`);
}

/** What there are figures of has been printed; that there are none of the rest is a failure. */
function finish() {
	if (unmeasured.length === 0) return;
	console.error(`Not measured: ${unmeasured.join("\n  ")}
What is out of memory has to be smaller, or have another PLATFORM: esp32, esp32c3`);
	process.exitCode = 1;
}

async function measure(name, ...parameters) {
	console.log();
	print(name, columns);
	const program = start(parameters);
	const agents = [];
	try {
		const port = await whenServing(program);
		for (const [step, figures] of steps(program.output).filter(([name]) => name !== "then")) print(step, figures);
		if (port !== undefined) await connect(program, port, agents);
	} catch (error) {
		unmeasured.push(`${name}, ${agents.length} connections: ${error.message}`);
	} finally {
		for (const agent of agents) agent.destroy();
		await end(name, program);
	}
}

/** What a connection holds in each of its states. */
async function measureStates() {
	console.log();
	const program = start([
		"--resource",
		"build/identity",
		"--config",
		"places=4",
		"build/js/host-tests/programs/server/device-states.js"
	]);
	try {
		const port = await whenServing(program);
		if (port !== undefined) await printStates(port, print);
	} catch (error) {
		unmeasured.push(`states: ${error.message}`);
	} finally {
		await end("states", program);
	}
}

/** Where there is no room for TLS. */
async function measurePlain() {
	console.log();
	print("a server without TLS", columns);
	const program = start(["build/js/host-tests/programs/server/plain-states.js"]);
	try {
		await printPlainStates(program, print);
	} catch (error) {
		unmeasured.push(`a server without TLS: ${error.message}`);
	} finally {
		await end("a server without TLS", program);
	}
}

/** Where there is. */
async function measureTLS() {
	const demo = [
		"--resource",
		"dashboard+=build/dashboard",
		"--config",
		`main=${resolve("build/js/main")}`,
		"host-tests/desk/programs/device/watch.js"
	];
	const folder = mkdtempSync(join(tmpdir(), "device-figures-"));
	await measure("a server", "--resource", "build/identity", "build/js/host-tests/programs/server/device-steps.js");
	await measure("the demo", "--resource", "build/identity", ...demo);
	await measure("with its own identity", "--config", `preferences=${folder}`, "--config", "host=device", ...demo);
	rmSync(folder, { recursive: true });
	await measureStates();
	await printPlaces(start, print);
}

console.log(`${platform}, bytes; it has ${places} ${places === 1 ? "place" : "places"}`);
await (platform === "esp8266" ? measurePlain() : measureTLS());
finish();

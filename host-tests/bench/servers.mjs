// The servers that are measured. Each runs in a process of its own. Instructions are counted by cachegrind, or by the emulator
// where 32-bit programs need one.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { preloadsOf } from "../desk/preloads.mjs";
import { moduleOptions, placesOf } from "../modules.cjs";

const folder = "build/bench";
const device = "esp32c3";
const desk = (variant, ...options) => [
	`build/desk/${variant}/desk`,
	...moduleOptions(),
	...["--resource", folder],
	...options
];

// What is preloaded in a firmware that includes these modules: the library does not run at start, nor lives in RAM.
const preloaded = preloadsOf(["platform", "text", "tls", "httpsd"]).flatMap(name => ["--preload", name]);

const files = identity => [`${folder}/${identity}.pem`, `${folder}/${identity}.key.pem`];

const program = "build/js/host-tests/programs/server/bench-server.js";

const commands = {
	xs: identity => [...desk("bench", ...preloaded), "--config", `identity=${identity}`, program],
	profile: identity => [...desk("profile", ...preloaded), "--config", `identity=${identity}`, program],
	xs32: identity => [...desk("m32", ...preloaded), "--config", `identity=${identity}`, program],
	// On a processor that has instructions for AES.
	xs32AES: identity => [...desk("m32", ...preloaded), "--config", `identity=${identity}`, program],
	xs32AtStart: identity => [...desk("m32"), "--config", `identity=${identity}`, program],
	// With the memory of an ESP32-C3: where XS has no block, a server does not begin with slots and chunks that are free.
	xs32Device: identity => [
		...["build/desk/device/desk", "--platform", device, ...moduleOptions(device), "--resource", folder, ...preloaded],
		...["--config", `maxConnections=${placesOf(device)}`, "--config", `identity=${identity}`],
		program
	],
	c: identity => ["build/bench/c-server", ...files(identity)],
	cOwnCurves: identity => ["build/bench/c-server-own-curves", ...files(identity)],
	node: identity => [process.execPath, fileURLToPath(new URL("node-server.mjs", import.meta.url)), folder, identity]
};

const cachegrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"];

const variant32 = "host-tests/toolchain/variant32.sh";
/** How 32-bit programs run on this machine: "directly", or the emulator's name. */
export const way32 = execFileSync(variant32, ["way", "m32"], { encoding: "utf8" }).trim();

/** By the environment, for it is the script that starts the emulator. */
const countedByEmulator = ["env", `QEMU_PLUGIN=${folder}/count-instructions.so`];

function commandLine(kind, identity, counted) {
	const command = commands[kind](identity);
	if (kind === "xs32AES") return [...(counted ? countedByEmulator : []), variant32, "run", "m32-aes", ...command];
	// valgrind has to run its own 32-bit programs, so it counts where the kernel runs them.
	if (!kind.startsWith("xs32") || way32 === "directly") return [...(counted ? cachegrind : []), ...command];
	return [...(counted ? countedByEmulator : []), variant32, "run", "m32", ...command];
}

function instructionsIn(output) {
	const count = /(?:I +refs|instructions): +([\d,]+)/.exec(output)?.[1];
	if (count === undefined) throw new Error(`no instructions were counted:\n${output}`);
	return Number(count.replaceAll(",", ""));
}

/** Starts server `kind` with `identity`; counts instructions when `counted`. */
export async function startServer(kind, identity, counted) {
	const [program, ...parameters] = commandLine(kind, identity, counted);
	const child = spawn(program, parameters, { stdio: ["ignore", "pipe", "pipe"] });
	let output = "";
	const ended = new Promise(resolve => child.on("close", resolve));
	const port = await new Promise((resolve, reject) => {
		const collect = chunk => {
			output += chunk;
			const match = /listening on (\d+)/.exec(output);
			if (match) resolve(Number(match[1]));
		};
		child.stdout.on("data", collect);
		child.stderr.on("data", collect);
		child.on("error", reject);
		ended.then(() => reject(new Error(`${kind} server ended:\n${output}`)));
	});
	return {
		port,
		/** CPU time so far, milliseconds, user and system. */
		cpu: () => readCpu(child.pid),
		end: () => child.kill("SIGTERM"),
		/** After `end()`: all that it has written. */
		async output() {
			await ended;
			return output;
		},
		/** After `end()`: the instructions that it took in all. */
		async instructions() {
			await ended;
			return instructionsIn(output);
		}
	};
}

const millisecondsPerTick = 10;

function readCpu(pid) {
	const path = `/proc/${pid}/stat`;
	if (!existsSync(path)) return 0;
	const fields = readFileSync(path, "utf8").split(") ")[1].split(" ");
	return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

// Builds firmware for the Moddable SDK's simulator, and runs it there.
//
// A build takes minutes on a busy machine. Test files build while they are loaded, where jest has no time-out; hooks
// only start what is there.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll } from "@jest/globals";
import { root } from "../paths";
import { Printed } from "../printed";

const tools = join(process.env.MODDABLE ?? "", "build/bin/lin/release");

/** Why there is no simulator here; `undefined` when there is one. */
export const whyNot =
	process.env.MODDABLE === undefined
		? "MODDABLE is not set"
		: existsSync(join(tools, "mcsim"))
			? undefined
			: `there is no mcsim in ${tools}`;

export const caFile = join(root, "build/identity/ca.pem");

/** Runs a program in the repository. Throws with all that it has printed when it fails: tsc tells errors on stdout. */
export function build(program: string, ...parameters: string[]): void {
	const { status, stdout, stderr } = spawnSync(program, parameters, {
		cwd: root,
		encoding: "utf8",
		maxBuffer: 1 << 26
	});
	if (status !== 0)
		throw new Error(`${program} ${parameters.join(" ")} has failed:\n${stdout.slice(-5000)}${stderr.slice(-5000)}`);
}

export function make(...goals: string[]): void {
	build("make", "--no-print-directory", "-s", ...goals);
}

/**
 * Compiles the firmware of a manifest with the project's scripts; `config` is what mc/config says more, which is compiled alone
 * where all else is there. @returns the application for `spawnSimulator()`.
 */
export function buildFirmware(manifest: string, out: string, config: Record<string, string | number> = {}): string {
	make("modules");
	const more = Object.entries(config).map(([name, value]) => `${name}=${value}`);
	build("host-tests/toolchain/moddable.sh", "lin", manifest, out, ...more);
	return applicationOf(out, basename(dirname(manifest)));
}

/** Where mcconfig puts the application of a project, which has the name of its folder. */
export function applicationOf(out: string, name: string): string {
	return join(out, "bin/lin/mc/release", name, "mc.so");
}

export interface Simulator {
	readonly process: ChildProcess;
	/** All that has been traced. */
	readonly output: string;
	/** The status of the script, once all that it had started has ended. */
	readonly exit: Promise<number | null>;
	/** The first match in what is traced. Rejects when the simulator ends before. */
	waitFor(pattern: RegExp): Promise<RegExpMatchArray>;
	stop(): Promise<number | null>;
}

const running = new Map<ChildProcess, Promise<unknown>>();

function stopAll(): Promise<unknown> {
	for (const child of running.keys()) child.kill("SIGTERM");
	return Promise.all(running.values());
}

// Also when a hook or a test has failed, or jest gives up: neither mcsim nor its display may stay behind.
afterAll(stopAll);
process.once("exit", stopAll);

/** @param mark an assignment for its environment, to find its processes by. */
export function spawnSimulator(application: string, mark?: string): Simulator {
	const command = ["host-tests/toolchain/simulator.sh", application];
	const child = spawn("env", mark === undefined ? command : [mark, ...command], {
		cwd: root,
		detached: true,
		stdio: ["ignore", "pipe", "pipe"]
	});
	const exit = new Promise<number | null>(resolve => child.on("close", resolve));
	running.set(
		child,
		exit.finally(() => running.delete(child))
	);
	const printed = new Printed(child, "the simulator");
	return {
		process: child,
		get output() {
			return printed.text;
		},
		exit,
		waitFor: pattern => printed.waitFor(pattern),
		stop() {
			child.kill("SIGTERM");
			return exit;
		}
	};
}

/** Starts a server that traces "listening on" its port. */
export async function startServer(application: string): Promise<Simulator & { readonly port: number }> {
	const simulator = spawnSimulator(application);
	const [, port] = await simulator.waitFor(/listening on (\d+)/);
	return Object.assign(Object.create(simulator), { port: Number(port) });
}

// Starts the desk host for a test.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { setDeadline } from "../deadline";
import { compiledFolders } from "../modules.cjs";
import { root } from "./paths";
import { Printed, type PrintingProcess } from "./printed";

export { root };

export type Variant = "release" | "debug" | "m32" | "device";

export type Platform = "esp32c3" | "esp32" | "esp8266";

export interface DeskOptions {
	/** The module to run, relative to the repository. Default build/js/main.js. */
	main?: string;
	/** Default: DESK_VARIANT of the environment, or else release. */
	variant?: Variant;
	/** Values of mc/config. */
	config?: Record<string, string | number | boolean>;
	/** Folders of resources, relative to the repository. */
	resources?: string[];
	/** Folders by specifier prefix. Default: those of the firmware, in build/js/modules. */
	modules?: Record<string, string>;
	/** With variant device: whose memory the host has. Default esp32c3. */
	platform?: Platform;
	/** Modules that are preloaded. Default: with variant device what a device has preloaded, else none. */
	preload?: string[];
	/** With variant device: modules of the firmware beside those of the demo, such as acme. */
	with?: string[];
	/** More options of the host, as on its command line. */
	options?: string[];
}

export interface DeskExit {
	code: number | null;
	signal: NodeJS.Signals | null;
}

export interface Desk {
	readonly process: ChildProcess;
	/** All that has been printed so far, stdout and stderr together. */
	readonly output: string;
	readonly exit: Promise<DeskExit>;
	/**
	 * The first match in the output, past or future. Rejects when the process ends or `milliseconds` of an idle machine
	 * (10,000) pass.
	 */
	waitForLine(pattern: RegExp, milliseconds?: number): Promise<RegExpMatchArray>;
	/** Sends SIGTERM, and SIGKILL after ten seconds of an idle machine. Resolves when the process has ended. */
	stop(): Promise<DeskExit>;
}

const running = new Set<ChildProcess>();
// A test that fails before it stops its host must not leave jest waiting for it.
afterAll(() => {
	for (const child of running) child.kill("SIGKILL");
});

const variantOf = (options: DeskOptions) => options.variant ?? process.env.DESK_VARIANT ?? "release";

/** Whose limits apply: a folder of modules/platform. */
const limitsOf = (options: DeskOptions) => (variantOf(options) === "device" ? (options.platform ?? "esp32c3") : "desk");

/** What preloads.mjs prints for these modules: options. */
const devicePreloads = new Map<string, string[]>();

function preloadArguments({ preload, ...options }: DeskOptions): string[] {
	if (preload !== undefined) return preload.flatMap(specifier => ["--preload", specifier]);
	if (variantOf(options) !== "device" || options.modules !== undefined) return [];
	const list = ["host-tests/desk/preloads.mjs", "build/js", ...(options.with ?? [])];
	const known = devicePreloads.get(String(options.with));
	const preloads = known ?? execFileSync("node", list, { cwd: root, encoding: "utf8" }).trim().split(" ");
	devicePreloads.set(String(options.with), preloads);
	return preloads;
}

const demo = "build/js/main.js";

/** The demo has its page besides. */
const resourcesOf = ({ main = demo, resources = [] }: DeskOptions): string[] =>
	main === demo ? [...resources, "dashboard+=build/dashboard"] : resources;

function deskArguments(options: DeskOptions): string[] {
	const modules = options.modules ?? compiledFolders(limitsOf(options));
	return [
		...Object.entries(modules).flatMap(([prefix, folder]) => ["--module", `${prefix}=${folder}`]),
		...resourcesOf(options).flatMap(folder => ["--resource", folder]),
		...Object.entries(options.config ?? {}).flatMap(([key, value]) => ["--config", `${key}=${value}`]),
		...preloadArguments(options),
		...(options.platform === undefined ? [] : ["--platform", options.platform]),
		...(options.options ?? []),
		options.main ?? demo
	];
}

/** A 32-bit program may need an emulator, which becomes the process that signals are for. */
function commandLine(options: DeskOptions): [program: string, ...parameters: string[]] {
	const variant = variantOf(options);
	const is32 = variant === "m32" || variant === "device";
	const rest = [join(root, "build/desk", variant, "desk"), ...deskArguments(options)] as const;
	return is32 ? [join(root, "host-tests/toolchain/variant32.sh"), "run", "m32", ...rest] : [...rest];
}

export function startDesk(options: DeskOptions): Desk {
	const [program, ...parameters] = commandLine(options);
	const child = spawn(program, parameters, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
	const exit = whenEnded(child);
	const printed = new Printed(child, "the desk host");
	return {
		process: child,
		get output() {
			return printed.text;
		},
		exit,
		waitForLine: (pattern, milliseconds = 10_000) => printed.waitFor(pattern, milliseconds),
		async stop() {
			child.kill("SIGTERM");
			const clear = setDeadline(10_000, () => child.kill("SIGKILL"));
			return exit.finally(clear);
		}
	};
}

function whenEnded(child: PrintingProcess): Promise<DeskExit> {
	running.add(child);
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code, signal) => {
			running.delete(child);
			resolve({ code, signal });
		});
	});
}

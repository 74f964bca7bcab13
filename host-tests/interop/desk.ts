// Starts the desk host for a test.

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { root } from "./paths";

export { root };

export type Variant = "release" | "debug" | "m32";

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
	/** The first match in the output, past or future. Rejects when the process ends or `milliseconds` (10,000) pass. */
	waitForLine(pattern: RegExp, milliseconds?: number): Promise<RegExpMatchArray>;
	/** Sends SIGTERM, and SIGKILL five seconds later. Resolves when the process has ended. */
	stop(): Promise<DeskExit>;
}

const moduleNames = ["tls", "httpsd", "identity"];

const running = new Set<ChildProcess>();
// A test that fails before it stops its host must not leave jest waiting for it.
afterAll(() => {
	for (const child of running) child.kill("SIGKILL");
});

function deskArguments(options: DeskOptions): string[] {
	const modules =
		options.modules ?? Object.fromEntries(moduleNames.map(name => [`${name}/`, `build/js/modules/${name}`]));
	return [
		...Object.entries(modules).flatMap(([prefix, folder]) => ["--module", `${prefix}=${folder}`]),
		...(options.resources ?? []).flatMap(folder => ["--resource", folder]),
		...Object.entries(options.config ?? {}).flatMap(([key, value]) => ["--config", `${key}=${value}`]),
		...(options.options ?? []),
		options.main ?? "build/js/main.js"
	];
}

export function startDesk(options: DeskOptions): Desk {
	const program = join(root, "build/desk", options.variant ?? process.env.DESK_VARIANT ?? "release", "desk");
	const child = spawn(program, deskArguments(options), { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
	const watchers = new Set<() => void>();
	let output = "";
	let ended = false;
	const notify = () => {
		for (const watcher of [...watchers]) watcher();
	};
	const collect = (chunk: Buffer) => {
		output += chunk.toString("latin1");
		notify();
	};
	child.stdout.on("data", collect);
	child.stderr.on("data", collect);
	running.add(child);
	const exit = new Promise<DeskExit>((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code, signal) => {
			running.delete(child);
			ended = true;
			notify();
			resolve({ code, signal });
		});
	});

	return {
		process: child,
		get output() {
			return output;
		},
		exit,
		waitForLine(pattern, milliseconds = 10_000) {
			return new Promise((resolve, reject) => {
				const finish = (match: RegExpMatchArray | null, reason: string) => {
					watchers.delete(watcher);
					clearTimeout(deadline);
					if (match) resolve(match);
					else reject(new Error(`${reason} before ${pattern} was printed:\n${output}`));
				};
				const watcher = () => {
					const match = output.match(pattern);
					if (match || ended) finish(match, "the desk host ended");
				};
				const deadline = setTimeout(() => finish(null, `${milliseconds} ms passed`), milliseconds);
				watchers.add(watcher);
				watcher();
			});
		},
		async stop() {
			child.kill("SIGTERM");
			const deadline = setTimeout(() => child.kill("SIGKILL"), 5000);
			const result = await exit;
			clearTimeout(deadline);
			return result;
		}
	};
}

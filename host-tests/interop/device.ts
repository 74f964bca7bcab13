// Runs the firmware of host-tests/device/site on an emulated chip.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { freePort } from "./free-port";
import { root } from "./paths";

const script = "host-tests/toolchain/emulator.sh";

/** Why no chip can be emulated here; `undefined` when one can. */
export const whyNot = (() => {
	const { status, stderr } = spawnSync(script, { cwd: root, encoding: "utf8" });
	return status === 0 ? undefined : (stderr.trim().split("\n")[0] ?? "no emulator");
})();

/** Compiles the firmware; minutes, the first time. Throws with what was printed when that fails. */
export function buildSite(): void {
	const { status, stdout, stderr } = spawnSync("make", ["--no-print-directory", "-s", "device-site"], {
		cwd: root,
		encoding: "utf8",
		maxBuffer: 1 << 26
	});
	if (status !== 0) throw new Error(`make device-site has failed:\n${stdout.slice(-5000)}${stderr.slice(-5000)}`);
}

export interface Chip {
	readonly port: number;
	/** Where a certificate is asked for, after a POST to /authority. */
	readonly guardedPort: number;
	/** All that came over the serial port. */
	readonly output: string;
	/** The first match in that. Rejects when the emulator ends before. */
	waitFor(pattern: RegExp): Promise<RegExpExecArray>;
	/** Pulls the plug. */
	stop(): Promise<number | null>;
}

const running = new Set<ChildProcess>();
afterAll(() => {
	for (const child of running) child.kill("SIGTERM");
});

/** @param flash the file that its flash is kept in; `fresh` erases what an earlier run has kept. */
export async function startChip(flash: string, ...options: "--fresh"[]): Promise<Chip> {
	const [port, guardedPort] = [await freePort(), await freePort()];
	const forwards = ["--forward", `${port}:443`, "--forward", `${guardedPort}:8444`];
	const parameters = ["run", "build/device/site", "site", "--flash", join(root, flash), ...options, ...forwards];
	const child = spawn(script, parameters, { cwd: root });
	running.add(child);
	const exit = new Promise<number | null>(resolve => child.on("close", resolve)).finally(() => running.delete(child));
	let output = "";
	const watchers = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", bytes => {
			output += bytes.toString("latin1");
			for (const watcher of watchers) watcher();
		});
	const waitFor = (pattern: RegExp) =>
		new Promise<RegExpExecArray>((resolve, reject) => {
			const look = () => {
				const match = pattern.exec(output);
				if (match) resolve(match);
			};
			watchers.add(look);
			look();
			exit.then(() => reject(new Error(`the emulator ended before ${pattern}:\n${output.slice(-5000)}`)));
		});
	const stop = () => {
		child.kill("SIGTERM");
		return exit;
	};
	await waitFor(/^listening on \d+/m);
	return {
		port,
		guardedPort,
		get output() {
			return output;
		},
		waitFor,
		stop
	};
}

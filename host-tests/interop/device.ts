// Runs firmware on an emulated chip.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { freePort } from "./free-port";
import { root } from "./paths";
import { Printed } from "./printed";

const script = "host-tests/toolchain/emulator.sh";

/** Why no chip can be emulated here; `undefined` when one can. */
export const whyNot = (() => {
	const { status, stderr } = spawnSync(script, { cwd: root, encoding: "utf8" });
	return status === 0 ? undefined : (stderr.trim().split("\n")[0] ?? "no emulator");
})();

/** Runs a program of the repository. Throws with what was printed when that fails. @returns what was printed. */
export function build(program: string, ...parameters: string[]): string {
	const { status, stdout, stderr } = spawnSync(program, parameters, {
		cwd: root,
		encoding: "utf8",
		maxBuffer: 1 << 26
	});
	if (status === 0) return stdout;
	throw new Error(`${program} ${parameters.join(" ")} has failed:\n${stdout.slice(-5000)}${stderr.slice(-5000)}`);
}

/** Compiles firmware for the chip; minutes, the first time. @param config what mc/config says more */
export const buildChip = (manifest: string, out: string, config: Record<string, string | number> = {}): string =>
	build(script, manifest, out, ...Object.entries(config).map(([name, value]) => `${name}=${value}`));

/** Compiles that of host-tests/device/site. */
export const buildSite = (): string => build("make", "--no-print-directory", "-s", "device-site");

/** A chip that runs. */
export interface Firmware {
	/** All that came over the serial port. */
	readonly output: string;
	/** The first match in that. Rejects when the emulator ends before. */
	waitFor(pattern: RegExp): Promise<RegExpMatchArray>;
	/** Pulls the plug. */
	stop(): Promise<number | null>;
}

/** One with the firmware of host-tests/device/site. */
export interface Chip extends Firmware {
	readonly port: number;
	/** That one and others, for clients at once: the emulator's network lets two wait on a port (device/ports.mjs). */
	readonly ports: readonly number[];
	/** Where a certificate is asked for, after a POST to /authority. */
	readonly guardedPort: number;
}

const running = new Set<ChildProcess>();
afterAll(() => {
	for (const child of running) child.kill("SIGTERM");
});

export interface ChipOptions {
	/** Where the firmware was built, and the name of its folder. */
	readonly firmware: readonly [out: string, name: string];
	/** The file that its flash is kept in. */
	readonly flash: string;
	/** `--fresh` erases what an earlier run has kept there, `--kept` starts what is there. */
	readonly flags?: readonly ("--fresh" | "--kept")[];
	/** Its ports, by those of this machine. */
	readonly forwards: Readonly<Record<number, number>>;
}

export function runChip({ firmware, flash, flags = [], forwards }: ChipOptions): Firmware {
	const pairs = Object.entries(forwards).flatMap(([from, to]) => ["--forward", `${from}:${to}`]);
	const child = spawn(script, ["run", ...firmware, "--flash", join(root, flash), ...flags, ...pairs], {
		cwd: root,
		stdio: ["ignore", "pipe", "pipe"]
	});
	running.add(child);
	const exit = new Promise<number | null>(resolve => child.on("close", resolve)).finally(() => running.delete(child));
	// Lines of the serial port end in CR LF.
	const printed = new Printed(child, "the emulator", text => text.replaceAll("\r", ""));
	return {
		get output() {
			return printed.text;
		},
		waitFor: pattern => printed.waitFor(pattern),
		stop() {
			child.kill("SIGTERM");
			return exit;
		}
	};
}

/** @param flash the file that its flash is kept in; `fresh` erases what an earlier run has kept. */
export async function startChip(flash: string, flags: readonly "--fresh"[] = [], clients = 1): Promise<Chip> {
	const ports: number[] = [];
	while (ports.length < clients) ports.push(await freePort());
	const guardedPort = await freePort();
	const chip = runChip({
		firmware: ["build/device/site", "site"],
		flash,
		flags,
		forwards: { ...Object.fromEntries(ports.map(port => [port, 443])), [guardedPort]: 8444 }
	});
	await chip.waitFor(/^listening on \d+/m);
	return Object.create(chip, {
		port: { value: ports[0] },
		ports: { value: ports },
		guardedPort: { value: guardedPort }
	}) as Chip;
}

// Builds and starts the test server in the Moddable SDK's simulator.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./desk";

const tools = join(process.env.MODDABLE ?? "", "build/bin/lin/release");

/** Why there is no simulator here; `undefined` when there is one. */
export const whyNot =
	process.env.MODDABLE === undefined
		? "MODDABLE is not set"
		: existsSync(join(tools, "mcsim"))
			? undefined
			: `there is no mcsim in ${tools}`;

export const caFile = join(root, "build/identity/ca.pem");

export interface Simulator {
	readonly port: number;
	/** All that has been traced. */
	readonly output: string;
	stop(): Promise<number | null>;
}

export async function startSimulator(): Promise<Simulator> {
	execFileSync("make", ["--no-print-directory", "-s", "simulator-test-build"], { cwd: root, stdio: "pipe" });
	const application = "build/simulator-test/bin/lin/mc/release/simulator/mc.so";
	const child: ChildProcess = spawn("host-tests/toolchain/simulator.sh", [application], { cwd: root });
	const exit = new Promise<number | null>(resolve => child.on("close", resolve));
	let output = "";
	const port = await new Promise<number>((resolve, reject) => {
		const collect = (chunk: Buffer) => {
			output += chunk.toString("latin1");
			const listening = /listening on (\d+)/.exec(output);
			if (listening) resolve(Number(listening[1]));
		};
		child.stdout?.on("data", collect);
		child.stderr?.on("data", collect);
		exit.then(() => reject(new Error(`the simulator ended:\n${output}`)));
	});
	return {
		port,
		get output() {
			return output;
		},
		stop() {
			child.kill("SIGTERM");
			return exit;
		}
	};
}

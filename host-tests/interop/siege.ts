// Runs a siege.

import { execFile } from "node:child_process";
import { setDeadline } from "../deadline";
import { root } from "./paths";

/** What host-tests/siege/run.mjs prints; without the last line when it takes ten times as long. */
export function besiege(seconds: number, ...parameters: readonly string[]): Promise<string> {
	const all = ["host-tests/siege/run.mjs", "--seconds", String(seconds), ...parameters];
	return new Promise(resolve => {
		const child = execFile(process.execPath, all, { cwd: root }, (_, stdout, stderr) => {
			clear();
			resolve(stdout + stderr);
		});
		const clear = setDeadline(seconds * 10_000, () => child.kill());
	});
}

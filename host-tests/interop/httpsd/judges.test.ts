// The short form of `make judges`: errors and counts, and rates only beside one another.

import { execFile } from "node:child_process";
import { expect, test } from "@jest/globals";
import { setDeadline } from "../../deadline";
import { root } from "../desk";

function judge(name: string): Promise<string> {
	const parameters = ["host-tests/judges/run.mjs", "--short", name];
	return new Promise(resolve => {
		const child = execFile(process.execPath, parameters, { cwd: root }, (_, stdout, stderr) => {
			clear();
			resolve(stdout + stderr);
		});
		const clear = setDeadline(60_000, () => child.kill());
	});
}

test.each([
	["B10 autocannon: many clients are served as fast as one", "autocannon"],
	["B11 wrk: no errors", "wrk"],
	["B11 h2load: every request is answered, pipelined ones too", "h2load"],
	["Z2 slowhttptest: slow clients keep nobody else out", "slowhttptest"],
	["Z6 of 40 connections each takes as much memory as one alone", "connections"]
])("%s", async (_, name) => {
	expect(await judge(name)).toMatch(/\nall passed\n$/);
});

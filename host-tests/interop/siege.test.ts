// A short siege: the worst clients against a device's memory, always the same ones; `make siege` takes others each time, and
// so does SIEGE_SEED here.

import { execFile } from "node:child_process";
import { expect, test } from "@jest/globals";
import { setDeadline } from "../deadline";
import { root } from "./desk";

const seed = process.env.SIEGE_SEED ?? "1";

function besiege(): Promise<string> {
	const parameters = ["host-tests/siege/run.mjs", "--seconds", "15", "--seed", seed];
	return new Promise(resolve => {
		const child = execFile(process.execPath, parameters, { cwd: root }, (_, stdout, stderr) => {
			clear();
			resolve(stdout + stderr);
		});
		const clear = setDeadline(120_000, () => child.kill());
	});
}

test(`Z12 the worst clients restart no device, and keep no good client from it (SIEGE_SEED=${seed})`, async () => {
	expect(await besiege()).toMatch(/\nall held\n$/);
});

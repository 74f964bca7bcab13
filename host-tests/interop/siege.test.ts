// A short siege (`make siege`): the worst clients, in random order, against a device's memory. SIEGE_SEED repeats one.

import { execFile } from "node:child_process";
import { expect, test } from "@jest/globals";
import { setDeadline } from "../deadline";
import { root } from "./desk";

const seed = process.env.SIEGE_SEED ?? String(Date.now() % 1_000_000);

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

// `make simulator`: what it says where there is no SDK, and that nothing of it stays behind.

import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename } from "node:path";
import { expect, test } from "@jest/globals";
import { run } from "../https";
import { root } from "../paths";
import { applicationOf, caFile, make, spawnSimulator, whyNot } from "./simulator";

const makeWith = (moddable: string | undefined, ...goals: string[]) =>
	run("env", [
		...(moddable === undefined ? ["-u", "MODDABLE"] : [`MODDABLE=${moddable}`]),
		"make",
		"-C",
		root,
		...goals
	]);

test.each(["simulator", "simulator-build", "firmware"])("make %s says what is missing without the SDK", async goal => {
	const unset = await makeWith(undefined, goal);
	expect(unset.status).not.toBe(0);
	expect(unset.stderr).toMatch(/^moddable: MODDABLE is not set, so there is no Moddable SDK to build with\.$/m);
	expect(unset.stderr).toContain("export MODDABLE=<its folder>");
	const empty = await makeWith("/nonexistent", goal);
	expect(empty.status).not.toBe(0);
	expect(empty.stderr).toMatch(/mcconfig is not there\.\n.*make -C \$MODDABLE\/build\/makefiles\/lin/);
});

/** The processes that have this in their environment, by their command lines. */
function processesWith(mark: string): string[] {
	const read = (id: string, name: string) => {
		try {
			return readFileSync(`/proc/${id}/${name}`, "latin1");
		} catch {
			return ""; // it has ended meanwhile
		}
	};
	const ids = readdirSync("/proc").filter(name => /^\d+$/.test(name));
	return ids.filter(id => read(id, "environ").includes(mark)).map(id => read(id, "cmdline").replaceAll("\0", " "));
}

/** Rejects when somebody listens there. */
function bind(port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const server = createServer().on("error", reject);
		server.listen(port, () => server.close(() => resolve()));
	});
}

if (whyNot === undefined) make("simulator-build", "PORT=0");

async function expectCleanEnd(signal: NodeJS.Signals): Promise<void> {
	const mark = `SIMULATOR_TEST=${randomUUID()}`;
	const simulator = spawnSimulator(applicationOf("build/simulator/prepared", basename(root)), mark);
	const [, port] = await simulator.waitFor(/Serving https:\S+:(\d+)/);
	const page = await run("curl", ["-sS", "--cacert", caFile, `https://localhost:${port}/`]);
	expect(page).toMatchObject({ status: 0, stdout: expect.stringContaining("<title>Status") });
	expect(processesWith(mark).join()).toContain("mcsim");
	process.kill(-(simulator.process.pid as number), signal); // to all of them, as Ctrl-C in a terminal
	expect(await simulator.exit).toBe(0);
	expect(processesWith(mark)).toEqual([]);
	await bind(Number(port));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
	const title = `Z10 the demo serves in the simulator; ${signal} ends all of it with status 0, and the port is free`;
	if (whyNot === undefined) test(title, () => expectCleanEnd(signal));
	else test.skip(`${title} (skipped: ${whyNot})`, () => {});
}

// What `make device-figures` tells of a connection in each of its states: it comes to its end, and says why where it does not.

import { spawn } from "node:child_process";
import { afterEach, expect, test } from "@jest/globals";
import { within } from "../../../deadline";
import { type Desk, root, startDesk } from "../../desk";

let desk: Desk;
afterEach(() => desk.stop());

function print(port: number, patience: number): Promise<{ code: number | null; output: string }> {
	const program = `import { printStates } from "./host-tests/desk/device-states.mjs";
await printStates(${port}, (state, figures) => console.log([state, ...figures].join("|")), ${patience});`;
	const child = spawn(process.execPath, ["--input-type=module", "-e", program], { cwd: root });
	let output = "";
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", data => {
			output += data;
		});
	const ended = new Promise<{ code: number | null; output: string }>(resolve =>
		child.on("close", code => resolve({ code, output }))
	);
	return within(60_000, () => `an end: ${output}`, ended).finally(() => child.kill());
}

async function start(places: number): Promise<number> {
	const main = "build/js/host-tests/programs/server/device-states.js";
	desk = startDesk({ variant: "device", platform: "esp32c3", main, resources: ["build/identity"], config: { places } });
	return Number((await desk.waitForLine(/Serving .*:(\d+)/))[1]);
}

/** Bytes that an idle connection may hold, on 32 bits: of XS's slots 1,264 were measured, of the C heap 412. */
const goals = { slots: 1500, heap: 1000 };

test("B13 a connection in each of its states, one after the other: an idle one is within its goals", async () => {
	const { code, output } = await print(await start(4), 60_000);
	const figures = (state: string) =>
		output.match(new RegExp(`^${state}\\|(\\d+)\\|(\\d+)\\|(\\d+)\\|(\\d+)$`, "m"))?.slice(1);
	const [idle = 0, , heap = 0, charged = 0] = figures("idle, after a GET")?.map(Number) ?? [];
	expect([code, idle > 0, heap > 0, charged > 0]).toEqual([0, true, true, true]);
	expect(idle).toBeLessThanOrEqual(goals.slots);
	expect(heap).toBeLessThanOrEqual(goals.heap);
	for (const state of ["in a GET", "content that nobody reads", "in parts\\(\\)", "an event stream", "a WebSocket"])
		expect([state, Number(figures(state)?.[0]) > idle]).toEqual([state, true]);
	expect(output).toContain("an idle connection");
});

test("B13 where the server has not so many places it says so, and does not wait for ever", async () => {
	const { code, output } = await print(await start(1), 5000);
	expect(code).toBe(1);
	expect(output).toMatch(/^Error: /m);
});

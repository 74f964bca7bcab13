// What `make device-figures` tells of an ESP8266, which has no room for TLS: a server without it, and its one connection in each state.

import { spawn } from "node:child_process";
import { expect, test } from "@jest/globals";
import { within } from "../../deadline";
import { root } from "../desk";

function print(): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, ["host-tests/desk/device-figures.mjs", "esp8266"], { cwd: root });
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

const states = ["open, silent", "in a head", "idle, after a GET", "in a GET", "an event stream", "a WebSocket"];

test("B13 an ESP8266's server at rest, and its connection in each state, one after the other", async () => {
	const { code, output } = await print();
	expect([code, output]).toEqual([0, expect.stringContaining("a server without TLS")]);
	const figures = (state: string) =>
		output
			.match(new RegExp(`^${state} +(\\d[\\d ]*)$`, "m"))?.[1]
			?.split(/ +/)
			.map(Number) ?? [];
	const [before = 0, slotsBefore = 0] = figures("before main.ts");
	const [started = 0, slotsStarted = 0] = figures("server started");
	expect([started > 0, before > started, slotsStarted > slotsBefore]).toEqual([true, true, true]);
	const more = states.map(state => figures(state)[6] ?? 0);
	for (const [at, state] of states.entries()) expect([state, (more[at] ?? 0) > 0]).toEqual([state, true]);
	expect(more[states.indexOf("a WebSocket")]).toBeGreaterThan(more[states.indexOf("idle, after a GET")] as number);
});

// Z12 Z11: the dashboard in a device's memory.

import { Agent } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "@jest/globals";
import { type Desk, type Platform, startDesk } from "../../desk";
import { startDemo, Viewer, visit } from "./demo";

let desk: Desk;
afterEach(() => desk.stop());

test("Z12 the longest message takes no more than what it needs room for, and what is counted little", async () => {
	const main = "build/js/host-tests/programs/httpsd/dashboard/snapshot-cost.js";
	desk = startDesk({ variant: "device", platform: "esp32c3", main });
	const [, length, taken, room] = await desk.waitForLine(/a message of (\d+) bytes takes (\d+) of (\d+)/);
	expect(Number(length)).toBeLessThan(2048);
	expect(Number(taken)).toBeLessThanOrEqual(Number(room));
	const [, held] = await desk.waitForLine(/twenty errors holds (\d+)/);
	expect(Number(held)).toBeLessThan(3000);
});

test.each<Platform>(["esp32c3", "esp32"])("Z11 Z12 %s: two look while two others are served", async platform => {
	const demo = await startDemo({}, { variant: "device", platform });
	desk = demo.desk;
	const viewers = [new Viewer(demo.port), new Viewer(demo.port)];
	for (const viewer of viewers) expect(await viewer.next()).toMatchObject({ places: 4 });
	const agent = new Agent({ keepAlive: true, maxSockets: 2, rejectUnauthorized: false });
	for (let round = 0; round < 3; round++) {
		const visits = Array.from({ length: 10 }, (_, at) => visit(demo.port, at % 2 === 0 ? "/" : "/app.js", { agent }));
		expect(new Set(await Promise.all(visits))).toEqual(new Set([200]));
		for (const viewer of viewers) {
			const message = await viewer.ask("0");
			expect([message.busy, message.open]).toEqual([undefined, 4]);
		}
		await sleep(1100);
	}
	const { memory, requests } = await (viewers[0] as Viewer).ask("0");
	expect(requests).toBe(32);
	expect((memory as unknown as number[])[3]).toBe(0);
	agent.destroy();
	expect(desk.output).not.toContain("no room");
});

// The demo's page in Chromium, served by the SDK's simulator: its WebSocket over TLS opens, and what it tells goes on changing.

import { basename } from "node:path";
import { expect, test } from "@jest/globals";
import { launchChromium, openWindow } from "../../chromium";
import { root } from "../paths";
import { applicationOf, make, spawnSimulator, whyNot } from "./simulator";

if (whyNot === undefined) make("simulator-build", "PORT=0");

const title = "Z11 Z10 the demo's page in the simulator is live";
if (whyNot === undefined)
	test(title, async () => {
		const simulator = spawnSimulator(applicationOf("build/simulator/prepared", basename(root)));
		const [, port] = await simulator.waitFor(/Serving https:\S+:(\d+)/);
		const browser = await launchChromium();
		try {
			const page = await (await openWindow(browser)).newPage();
			await page.goto(`https://localhost:${port}/`);
			await page.locator("#state", { hasText: /^Live$/ }).waitFor();
			const uptime = () => page.textContent("#uptime");
			const before = await uptime();
			while ((await uptime()) === before) await page.waitForTimeout(100);
			expect(await page.textContent("#state")).toBe("Live");
		} finally {
			await browser.close();
			await simulator.stop();
		}
	});
else test.skip(`${title} (skipped: ${whyNot})`, () => {});

// Chromium loads a page of thirty assets over up to six TLS connections, from a server with its default places.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium, openWindow } from "../../../chromium";
import { type Desk, startDesk } from "../../desk";
import { identityFolder } from "../../identities";
import { assetCount, countAssets, writeAssets } from "./assets";

let desk: Desk;
let browser: Browser;
let url: string;
const folder = mkdtempSync(join(tmpdir(), "assets-"));
const failures: string[] = [];

beforeAll(async () => {
	writeAssets(folder);
	const main = "build/js/host-tests/programs/httpsd/judge-site.js";
	desk = startDesk({ main, resources: [identityFolder, folder], config: { identity: "p256" } });
	url = `https://localhost:${(await desk.waitForLine(/ports (\d+)/))[1]}/assets/page.html`;
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await desk.stop();
	rmSync(folder, { recursive: true });
});

/** A window whose requests all have to be answered with success. */
async function openGoodWindow(): Promise<BrowserContext> {
	const context = await openWindow(browser);
	context.on("requestfailed", request => failures.push(`${request.url()}: ${request.failure()?.errorText}`));
	context.on("response", response => {
		if (!response.ok() && response.status() !== 304) failures.push(`${response.url()}: ${response.status()}`);
	});
	return context;
}

/** Opens the page in a new tab and reloads it; each time all of its assets have to work. */
async function load(context: BrowserContext, reloads: number): Promise<void> {
	const tab: Page = await context.newPage();
	await tab.goto(url, { waitUntil: "load" });
	for (let turn = 0; turn <= reloads; turn++) {
		if (turn > 0) await tab.reload({ waitUntil: "load" });
		expect([await tab.evaluate(countAssets), failures]).toEqual([assetCount, []]);
	}
	await tab.close();
}

test("B10 one tab, five reloads", async () => {
	const context = await openGoodWindow();
	await load(context, 5);
	await context.close();
});

test("B10 three tabs at once", async () => {
	const context = await openGoodWindow();
	await Promise.all([0, 1, 2].map(() => load(context, 2)));
	await context.close();
});

test("B10 three windows with six connections each, on eight places", async () => {
	const windows = await Promise.all([0, 1, 2].map(openGoodWindow));
	await Promise.all(windows.map(window => load(window, 2)));
	for (const window of windows) await window.close();
});

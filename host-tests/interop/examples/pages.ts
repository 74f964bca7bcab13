// What is seen of the examples' pages in Chromium.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "@jest/globals";
import type { Browser, BrowserContext } from "playwright-core";
import { launchChromium, openWindow } from "../../chromium";
import type { Place } from "./example";

const folder = mkdtempSync(join(tmpdir(), "examples-"));
let browser: Browser;
let window: BrowserContext;
beforeAll(async () => {
	browser = await launchChromium();
	window = await openWindow(browser);
});
afterAll(async () => {
	await browser?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** By what is looked at. */
export const pages: Record<string, (place: Place) => Promise<void>> = {
	async "B11 Z13 example static-site: the script runs under its policy, and a second visit takes it from the cache"({
		start
	}) {
		const { url } = await start("static-site");
		const page = await window.newPage();
		const seen: string[] = [];
		page.on("console", message => seen.push(message.text()));
		await page.goto(`${url}/`);
		await page.getByText("The script has run 1 time").waitFor();
		await page.reload();
		await page.getByText("The script has run 2 times").waitFor();
		expect(seen).toEqual([]);
		await page.close();
	},
	async "B11 Z13 example upload: the page shows how far it is, and what came of it"({ start }) {
		const { url } = await start("upload");
		const file = join(folder, "picture.bin");
		writeFileSync(file, Buffer.alloc(300_000, 1));
		const page = await window.newPage();
		await page.goto(`${url}/`);
		await page.getByLabel("File").setInputFiles(file);
		await page.getByText(/^300000 bytes in \d+ ms/).waitFor();
		expect(await page.evaluate("document.querySelector('progress').value")).toBe(1);
		await page.close();
	},
	async "B12 Z13 example chat: two windows"({ start }) {
		const { url } = await start("chat");
		const pages = [await window.newPage(), await window.newPage()] as const;
		for (const page of pages) await page.goto(`${url}/`);
		await pages[0].getByText(/ 2 in all$/).waitFor();
		await pages[0].getByLabel("Say").fill("<b>good</b> evening");
		await pages[0].getByRole("button", { name: "Send" }).click();
		for (const page of pages) await page.getByText(/^\d+: <b>good<\/b> evening$/).waitFor();
		await pages[1].close();
		await pages[0].getByText(/ has left$/).waitFor();
		await pages[0].close();
	},
	async "B11 Z13 example live-chart: the line grows"({ start }) {
		const { url } = await start("live-chart", { interval: 50 });
		const page = await window.newPage();
		await page.goto(`${url}/`);
		const hasPoints = "document.querySelector('polyline').getAttribute('points')?.split(' ').length > 5";
		await page.waitForFunction(hasPoints);
		expect(Number(await page.locator("#now").textContent())).toBeGreaterThanOrEqual(0);
		await page.close();
	}
};

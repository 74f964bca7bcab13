// Z14: firmware sent by the dashboard's page, in Chromium.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../../chromium";
import { scaled } from "../../../pace";
import { hexOf, makeImage, newFolder, type Site, startSite } from "./site";

const folder = newFolder();
let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	site = await startSite(folder);
	browser = await launchChromium();
	const httpCredentials = { username: "admin", password: "right" };
	const window = await browser.newContext({ ignoreHTTPSErrors: true, httpCredentials });
	window.setDefaultTimeout(scaled(30_000));
	page = await window.newPage();
	await page.goto(`https://localhost:${site.port}/status/`);
});
afterAll(async () => {
	await browser?.close();
	await site.desk.stop();
});

const notice = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text }).waitFor();

async function send(name: string, content: Buffer): Promise<void> {
	const path = join(folder, name);
	writeFileSync(path, content);
	await page.getByLabel("Another image").setInputFiles(path);
	await page.getByRole("button", { name: "Send it to the device" }).focus();
	await page.keyboard.press("Enter");
}

test("Z14 a wrong file is refused in words, and the page goes on", async () => {
	await page.locator("#version", { hasText: "app0" }).waitFor();
	await send("wrong.bin", Buffer.alloc(60_000, 1));
	await notice("This is no image for this device: it does not begin with E9. The firmware is the same as before");
	expect(await page.getByRole("button", { name: "Send it to the device" }).isEnabled()).toBe(true);
	await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
});

test("Z14 an image is sent with progress; when the device is back the page shows it, which confirms it", async () => {
	const image = makeImage(140_000, 9);
	await page.evaluate(
		"void (window.seen = [], new MutationObserver(() => window.seen.push(document.querySelector('progress').value)).observe(document.querySelector('progress'), { attributes: true }))"
	);
	await send("right.bin", image);
	await notice("The image is complete: the device restarts with it");
	expect(await page.evaluate("window.seen.some(value => value > 0)")).toBe(true);
	expect(await site.desk.exit).toMatchObject({ code: 0 });
	const { port } = site;
	site = await startSite(folder, { port });
	expect([site.slot, site.image, site.state]).toEqual(["app1", hexOf(image), "on trial"]);
	await page.locator("#version", { hasText: "app1" }).waitFor();
	await site.desk.waitForLine(/^confirmed$/m);
});

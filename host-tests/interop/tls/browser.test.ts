import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { launchChromium, openWindow } from "../../chromium";
import { type Desk, startDesk } from "../desk";

let desk: Desk;
let browser: Browser;
let url: string;

beforeAll(async () => {
	desk = startDesk({ resources: ["build/identity"], config: { port: 0 } });
	url = (await desk.waitForLine(/Serving (https:\S+)/))[1] ?? "";
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await desk.stop();
});

async function factsOf(options: { reloads: number }): Promise<Record<string, string>> {
	// That the browser trusts the CA once it is installed is shown by the tests of the certs tool.
	const context = await openWindow(browser);
	const page = await context.newPage();
	await page.goto(url);
	for (let i = 0; i < options.reloads; i++) await page.reload();
	const rows = await page.locator("tr").allInnerTexts();
	await context.close();
	return Object.fromEntries(rows.map(row => row.split("\t").map(cell => cell.trim())));
}

test("Chromium shows the page over TLS 1.3, and again on reload", async () => {
	const facts = await factsOf({ reloads: 3 });
	expect(facts).toMatchObject({ "TLS version": "TLSv1.3", "Application protocol": "http/1.1" });
	expect(facts["Cipher suite"]).toMatch(/^TLS_/);
});

test("Chromium opens six pages at once, and every one shows", async () => {
	const pages = await Promise.all(Array.from({ length: 6 }, () => factsOf({ reloads: 0 })));
	for (const facts of pages) expect(facts["TLS version"]).toBe("TLSv1.3");
});

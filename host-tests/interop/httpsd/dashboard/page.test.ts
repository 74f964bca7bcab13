// The dashboard's page in Chromium: right values, light and dark, narrow screens, keyboard, screen readers, its policy.

import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium, openWindow } from "../../../chromium";
import { type Demo, startDemo, visit } from "./demo";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const failing = { host: "localhost", ciphers: "AES128-SHA", maxVersion: "TLSv1.2" } as const;
let demo: Demo;
let browser: Browser;
let window: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
	demo = await startDemo();
	browser = await launchChromium();
	window = await openWindow(browser);
	page = await window.newPage();
	page.on("console", message => complaints.push(message.text()));
	page.on("pageerror", error => complaints.push(String(error)));
	page.on("requestfailed", request => complaints.push(`${request.url()} failed`));
	await page.goto(`${demo.url}/`);
	await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
});
afterAll(async () => {
	await browser?.close();
	await demo.desk.stop();
});

/** What axe-core finds wrong with what is shown. */
async function findFaults(): Promise<string[]> {
	await page.evaluate(axe);
	const found =
		"axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(n => id + ': ' + n.html)))";
	return (await page.evaluate(found)) as string[];
}

const tile = (name: string) => page.locator("#tiles div").filter({ hasText: name }).locator("dd");
const chart = (title: string) => page.locator("figure").filter({ has: page.getByRole("heading", { name: title }) });

describe("Z11 the page", () => {
	test("shows what clients do while they do it", async () => {
		let isOver = false;
		const traffic = (async () => {
			while (!isOver) await visit(demo.port, "/ca.crt");
		})();
		await tile("Requests")
			.filter({ hasText: /^[1-9]\d*(\.\d)?\/s$/ })
			.waitFor();
		expect(await tile("Connections").textContent()).toMatch(/^\d of 8$/);
		await chart("Latency of responses").locator("canvas").waitFor();
		await chart("TLS handshakes").locator("b").first().filter({ hasText: /[1-9]/ }).waitFor();
		isOver = true;
		await traffic;
		const rows = page.getByRole("region", { name: "Connections" }).getByRole("row");
		await rows
			.filter({ hasText: /127\.0\.0\.1:\d+1\.3(AES|CHACHA20)/ })
			.first()
			.waitFor();
		expect(await chart("C heap").isVisible()).toBe(false);
		expect(await chart("XS heap").isVisible()).toBe(true);
	});

	test("shows failures by code, and when they were", async () => {
		await new Promise(resolve => connect({ port: demo.port, ...failing }).on("error", resolve));
		const row = page
			.getByRole("region", { name: "Last errors" })
			.getByRole("row")
			.filter({ hasText: "HANDSHAKE_FAILURE" });
		await row.waitFor();
		const [time = "", ...rest] = await row.getByRole("cell").allTextContents();
		expect(rest).toEqual(["HANDSHAKE_FAILURE", "sent handshake_failure", "127.0.0.1"]);
		const nearly = [0, 1, 2, 60].map(before => new Date(Date.now() - 1000 * before).toTimeString().slice(0, 5));
		expect(nearly).toContain(time.slice(0, 5));
		const counts = page.getByRole("region", { name: "Codes with their failures" }).getByRole("row");
		await counts.filter({ hasText: /^HANDSHAKE_FAILURE1$/ }).waitFor();
	});

	test.each(["light", "dark"] as const)("%s: colours are the system's, and have contrast", async colorScheme => {
		await page.emulateMedia({ colorScheme });
		const back = await page.evaluate("getComputedStyle(document.body).backgroundColor");
		const [red = 0] = String(back).match(/\d+/g)?.map(Number) ?? [];
		expect(red > 128).toBe(colorScheme === "light");
		expect(await findFaults()).toEqual([]);
	});

	test("a phone: nothing is wider than the screen, and faults are none", async () => {
		await page.setViewportSize({ width: 320, height: 640 });
		await page.waitForFunction("document.documentElement.scrollWidth === 320");
		expect(await chart("Requests").locator("canvas").boundingBox()).toMatchObject({ width: expect.any(Number) });
		const { width = 0 } = (await chart("Requests").locator("canvas").boundingBox()) ?? {};
		expect(width).toBeLessThan(320);
		expect(await findFaults()).toEqual([]);
		await page.setViewportSize({ width: 1280, height: 720 });
	});

	test("by keyboard: each chart opens its figures, tables can be scrolled, and the focus is seen", async () => {
		await page.locator("h1").click();
		await page.keyboard.press("Tab");
		expect(await page.evaluate("document.activeElement.textContent")).toBe("Requests in figures");
		expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
		await page.keyboard.press("Enter");
		const figures = chart("Requests").getByRole("table", { name: "Requests" }).getByRole("row");
		await figures.nth(3).waitFor();
		expect(await figures.nth(0).getByRole("columnheader").allTextContents()).toEqual(["Time", "per second"]);
		expect(await figures.nth(1).getByRole("cell").allTextContents()).toEqual([
			expect.stringMatching(/^\d\d:\d\d:\d\d$/),
			expect.stringMatching(/^\d+(\.\d)?\/s$/)
		]);
		const reached: string[] = [];
		for (let count = 0; count < 12; count++) {
			await page.keyboard.press("Tab");
			reached.push(String(await page.evaluate("document.activeElement.ariaLabel")));
		}
		expect(reached).toEqual(expect.arrayContaining(["Connections that are open", "Codes with their failures"]));
		expect(await findFaults()).toEqual([]);
	});

	test("nothing broke its policy, was loaded from elsewhere, or was said on the console", async () => {
		expect(complaints).toEqual([]);
		const loaded = await page.evaluate(
			"performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)"
		);
		expect(new Set(loaded as string[])).toEqual(new Set([demo.url]));
		const evil =
			"document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.evil = 1' }))";
		await page.evaluate(evil);
		expect(await page.evaluate("window.evil")).toBeUndefined();
		complaints.length = 0;
	});

	test("says that the server is gone, and goes on when it is back", async () => {
		await demo.desk.stop();
		await page.getByRole("status").filter({ hasText: "Not reached" }).waitFor();
		demo = await startDemo({ port: demo.port });
		await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
		await page.locator("#uptime", { hasText: /up 00:00:\d\d/ }).waitFor();
	});
});

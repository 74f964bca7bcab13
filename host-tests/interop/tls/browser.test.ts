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

/** What a page of its own says after so many reloads: how it came, and what it is. */
async function visitPage(reloads: number): Promise<{ protocol: string; title: string }> {
	// That the browser trusts the CA once it is installed is shown by the tests of the certs tool.
	const context = await openWindow(browser);
	const page = await context.newPage();
	await page.goto(url);
	for (let i = 0; i < reloads; i++) await page.reload();
	const protocol = await page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol");
	const title = await page.title();
	await context.close();
	return { protocol: String(protocol), title };
}

test("Chromium shows the page over TLS 1.3, and again on reload", async () => {
	const { protocol, title } = await visitPage(3);
	expect(protocol).toBe("http/1.1");
	expect(title).toMatch(/[Ss]tatus/);
	const page = await (await openWindow(browser)).newPage();
	await page.goto(url);
	const rows = page.getByRole("region", { name: "Connections" }).getByRole("row");
	await rows
		.filter({ hasText: /:\d+1\.3/ })
		.first()
		.waitFor();
	await page.context().close();
});

test("Chromium opens six pages at once, and every one shows", async () => {
	const pages = await Promise.all(Array.from({ length: 6 }, () => visitPage(0)));
	for (const { title } of pages) expect(title).toMatch(/[Ss]tatus/);
});

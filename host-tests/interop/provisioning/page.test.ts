// The portal's page in Chromium: the whole way by hand, by keyboard and without scripts; colours, a phone, screen readers.

import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../../chromium";
import { scaled } from "../../pace";
import { type Device, held, home, quick, startDevice } from "./device";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let browser: Browser;
let device: Device;
beforeAll(async () => {
	browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(() => device.stop());

const complaints: string[] = [];

async function openPage(options: Parameters<Browser["newContext"]>[0] = {}): Promise<[Page, BrowserContext]> {
	const window = await browser.newContext(options);
	window.setDefaultTimeout(scaled(30_000));
	const page = await window.newPage();
	complaints.length = 0;
	page.on("console", message => complaints.push(message.text()));
	page.on("pageerror", error => complaints.push(String(error)));
	await page.goto(`${device.origin}/`);
	return [page, window];
}

/** What axe-core finds wrong: run beside the page, whose policy lets in no script of others. */
async function findFaults(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const found =
		"axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(n => id + ': ' + n.html)))";
	return (await page.evaluate(found)) as string[];
}

describe("Z16 Chromium", () => {
	test.each(["light", "dark"] as const)(
		"%s, as on a phone: each page has contrast, fits, and has no faults",
		async colorScheme => {
			device = await startDevice({ air: { crowd: 20, isHeld: true }, options: { limits: held } });
			await device.shows(/value="Home"/);
			const [page, window] = await openPage({ colorScheme, viewport: { width: 320, height: 568 } });
			const check = async (heading: string) => {
				await page.getByRole("heading", { name: heading }).waitFor();
				expect([heading, await findFaults(page)]).toEqual([heading, []]);
				expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
				const back = await page.evaluate("getComputedStyle(document.body).backgroundColor");
				expect(Number(/\d+/.exec(String(back))?.[0]) > 128).toBe(colorScheme === "light");
			};
			await check("Choose a Wi-Fi network");
			await page.getByRole("radio", { name: "Home" }).check();
			await page.getByLabel("Password (").fill("wrong password");
			await page.getByRole("button", { name: "Join" }).click();
			await check("Joining the network");
			await device.air({ isHeld: false });
			const problem = page.getByRole("alert").filter({ hasText: "did not accept the password" });
			await problem.waitFor();
			await check("Choose a Wi-Fi network");
			expect(await page.title()).toMatch(/^Not joined/);
			expect(await page.getByRole("radio", { name: "Home" }).isChecked()).toBe(true);
			expect(await page.getByLabel("Password (").inputValue()).toBe("");
			await page.getByLabel("Password (").fill(home.password);
			await page.getByRole("button", { name: "Join" }).click();
			await check("The device has joined");
			expect(await page.getByRole("link").getAttribute("href")).toBe("https://lamp.local/");
			await page.getByRole("button", { name: "Done" }).click();
			await check("All done");
			expect(complaints.filter(text => !/404|ERR_CONNECTION|Failed to load/.test(text))).toEqual([]);
			await window.close();
		}
	);

	test("by keyboard alone, a hidden network, and the password shown before it is sent", async () => {
		device = await startDevice({
			air: { networks: [{ ssid: "Attic", password: home.password, isHidden: true }] },
			options: { limits: held }
		});
		await device.shows(/No network was found/);
		const [page, window] = await openPage();
		const focused = () =>
			page.evaluate("document.activeElement.name || document.activeElement.id || document.activeElement.textContent");
		const tab = async (to: string) => {
			await page.keyboard.press("Tab");
			expect(await focused()).toBe(to);
			expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
		};
		await tab("other");
		await page.keyboard.type("Attic");
		await tab("password");
		await page.keyboard.type(home.password);
		expect(await page.evaluate("document.activeElement.type")).toBe("password");
		await tab("show");
		await page.keyboard.press("Space");
		expect(await page.evaluate("document.getElementById('password').type")).toBe("text");
		await tab("Join");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "The device has joined" }).waitFor();
		await tab("https://lamp.local/");
		await tab("Done");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "All done" }).waitFor();
		await window.close();
	});

	test("without scripts the page goes on by itself", async () => {
		device = await startDevice({ air: { isHeld: true }, options: { limits: held } });
		await device.shows(/value="Home"/);
		const [page, window] = await openPage({ javaScriptEnabled: false });
		await page.getByRole("radio", { name: "Home" }).check();
		await page.getByLabel("Password (").fill(home.password);
		expect(await page.getByText("Show the password").isVisible()).toBe(false);
		await page.getByRole("button", { name: "Join" }).click();
		await page.getByRole("heading", { name: "Joining the network" }).waitFor();
		await device.air({ isHeld: false });
		await page.getByRole("heading", { name: "The device has joined" }).waitFor();
		await page.getByRole("button", { name: "Done" }).click();
		await page.getByRole("heading", { name: "All done" }).waitFor();
		await window.close();
	});

	test("who types is not disturbed by what others do; who looks sees that the device is gone, and when it is back", async () => {
		device = await startDevice({
			air: { networks: [{ ...home, manner: "silent" }] },
			options: { limits: { ...quick, joinTimeout: scaled(12_000) } }
		});
		await device.shows(/value="Home"/);
		const [page, window] = await openPage();
		await page.getByLabel("Another one").fill("half a na");
		await device.send("/join", { ssid: "Home", password: home.password });
		await page.waitForTimeout(2500);
		expect(await page.getByLabel("Another one").inputValue()).toBe("half a na");
		await page.locator("h1").click();
		await page.getByRole("heading", { name: "Joining the network" }).waitFor();
		await page.context().setOffline(true);
		await page.getByRole("status").filter({ hasText: "Looking for the device" }).waitFor();
		await page.context().setOffline(false);
		await page.getByRole("alert").filter({ hasText: "did not answer in time" }).waitFor();
		await window.close();
	});
});

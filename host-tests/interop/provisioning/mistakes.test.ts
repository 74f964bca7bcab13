// A person who mistypes, or comes second, in Chromium with scripts: what the page says stays there to be read.

import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../chromium";
import { scaled } from "../../pace";
import { type Device, home, quick, startDevice } from "./device";

let browser: Browser;
let device: Device;
let page: Page;
beforeAll(async () => {
	browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(async () => {
	await page.close();
	await device.stop();
});

async function open(): Promise<void> {
	await device.shows(/value="Home"/);
	page = await browser.newPage();
	page.setDefaultTimeout(scaled(30_000));
	await page.goto(`${device.origin}/`);
}

async function join(password: string): Promise<void> {
	await page.getByLabel("Password (").fill(password);
	await page.getByRole("button", { name: "Join" }).click();
}

/** The page asks twice meanwhile whether it is right still. */
async function expectToStay(words: string): Promise<void> {
	const problem = page.getByRole("alert").filter({ hasText: words });
	await problem.waitFor();
	await page.waitForTimeout(3500);
	expect([words, await problem.count()]).toEqual([words, 1]);
}

test("Z16 what was wrong with what was typed can be read until the person has typed anew", async () => {
	device = await startDevice({ options: { limits: { ...quick, tries: 2, tryInterval: 600_000 } } });
	await open();
	await page.getByRole("radio", { name: "Home" }).check();
	await join("short");
	await expectToStay("8 to 63 characters");
	await join("");
	await expectToStay("needs a password");
	await join("");
	await expectToStay("tried too often");
});

test("Z16 who comes second reads that somebody else is there, until it is seen what comes of that", async () => {
	const networks = [home, { ...home, ssid: "Silent", manner: "silent" }];
	device = await startDevice({ air: { networks }, options: { limits: { ...quick, joinTimeout: scaled(12_000) } } });
	await open();
	// Whoever types is not led to the other one's page.
	await page.getByLabel("Password (").fill("correct");
	await device.send("/join", { ssid: "Silent", password: home.password });
	await join(home.password);
	await expectToStay("Somebody else is setting this device up");
	await page.getByRole("alert").filter({ hasText: "did not answer in time" }).waitFor();
});

test("Z16 a name that is not found, then one of the list: the second is joined, although the field has the first still", async () => {
	device = await startDevice();
	await open();
	await page.getByLabel("Another one").fill("Hoem");
	await join(home.password);
	await page.getByRole("alert").filter({ hasText: "“Hoem” was not found" }).waitFor();
	expect(await page.getByLabel("Another one").inputValue()).toBe("Hoem");
	await page.getByRole("radio", { name: "Home" }).check();
	await join(home.password);
	await page.getByRole("heading", { name: "The device has joined" }).waitFor();
	// One that is typed is meant, whatever is chosen of the list.
	await device.act("/forget");
	await page.getByRole("radio", { name: "Home" }).check();
	await page.getByLabel("Another one").fill("Hoem");
	await join(home.password);
	await page.getByRole("alert").filter({ hasText: "“Hoem” was not found" }).waitFor();
});

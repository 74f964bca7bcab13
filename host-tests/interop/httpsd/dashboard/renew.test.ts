// Z11 Z5: the button that renews the certificate, in Chromium, behind a password.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../../chromium";
import { scaled } from "../../../pace";
import { type Demo, startDemo } from "./demo";

let demo: Demo;
let browser: Browser;
beforeAll(async () => {
	demo = await startDemo({ preferences: mkdtempSync(join(tmpdir(), "renew-")), adminPassword: "right" });
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await demo.desk.stop();
});

test("Z11 by keyboard: the certificate is renewed, said so, and the page goes on", async () => {
	const httpCredentials = { username: "admin", password: "right" };
	const window = await browser.newContext({ ignoreHTTPSErrors: true, httpCredentials });
	window.setDefaultTimeout(scaled(30_000));
	const page = await window.newPage();
	await page.goto(`${demo.url}/`);
	const button = page.getByRole("button", { name: "Renew the certificate" });
	await button.waitFor();
	const before = await page.locator("#fingerprint").textContent();
	expect(await page.locator("#end").textContent()).toMatch(/^\d{4}-\d\d-\d\d, in \d+ days$/);
	await button.focus();
	await page.keyboard.press("Enter");
	await page.getByRole("status").filter({ hasText: "The certificate has been renewed" }).waitFor();
	const after = await page.locator("#fingerprint").textContent();
	expect(after).not.toBe(before);
	expect(demo.desk.output).toContain(`Certificate SHA-256 ${after}`);
	expect(await button.isEnabled()).toBe(true);
	await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
});

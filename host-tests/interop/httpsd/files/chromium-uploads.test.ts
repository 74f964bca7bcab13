// Names of uploaded files as Chromium sends them: by a form, of a folder, and of a page in an older charset.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { launchChromium, openWindow } from "../../../chromium";
import { type Site, startSite } from "../site";

let site: Site;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), "uploads-"));

beforeAll(async () => {
	site = await startSite("release");
	browser = await launchChromium();
});
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await browser?.close();
	await site?.desk.stop();
});

/** What the server makes of a form's file, which is chosen by its path. */
async function submit(path: string, input = "", form = ""): Promise<unknown[][]> {
	const window = await openWindow(browser);
	const page = await window.newPage();
	const action = `action="${site.url}/names" method="post" enctype="multipart/form-data"`;
	await page.setContent(`<form ${action} ${form}><input type="file" name="ü" ${input}><button>Send</button></form>`);
	await page.setInputFiles("input", path);
	await Promise.all([page.waitForURL("**/names"), page.click("button")]);
	const text = (await page.textContent("body")) as string;
	await window.close();
	return JSON.parse(text);
}

test.each(["größe 😀.txt", 'with "quotes"; and 100%25.txt', "line\nend.txt"])(
	"B11 %j arrives from Chromium",
	async name => {
		const path = join(folder, name);
		writeFileSync(path, "content");
		const expected = name.replace("\n", "_");
		expect(await submit(path)).toEqual([["ü", expected, expected, "content"]]);
	}
);

test("B11 a folder that Chromium uploads, with its path", async () => {
	mkdirSync(join(folder, "photos/2024"), { recursive: true });
	writeFileSync(join(folder, "photos/2024/x.jpg"), "content");
	expect(await submit(join(folder, "photos"), "webkitdirectory")).toEqual([
		["ü", "x.jpg", "photos/2024/x.jpg", "content"]
	]);
});

test("B11 a form in ISO-8859-1", async () => {
	const path = join(folder, "größe €.txt");
	writeFileSync(path, "content");
	const expected = "größe €.txt";
	expect(await submit(path, "", 'accept-charset="iso-8859-1"')).toEqual([["ü", expected, expected, "content"]]);
});

// A page that chats over WSS, in Chromium.

import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { launchChromium, openWindow } from "../../../chromium";
import { type Desk, startDesk } from "../../desk";

let desk: Desk;
let browser: Browser;
let url: string;

beforeAll(async () => {
	desk = startDesk({ main: "build/js/host-tests/programs/httpsd/chat-site.js", resources: ["build/identity"] });
	url = (await desk.waitForLine(/Serving (https:\S+)/))[1] ?? "";
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await desk.stop();
});

/** A tab at the page, its WebSocket open, in a window of its own. */
async function openTab(): Promise<Page> {
	const page = await (await openWindow(browser)).newPage();
	await page.goto(`${url}/chat`);
	await shows(page, "#state", "open");
	return page;
}

const shows = (page: Page, place: string, text: string) =>
	page.locator(place, { hasText: text }).waitFor({ state: "attached" });

const say = async (page: Page, text: string) => {
	await page.fill("#text", text);
	await page.press("#text", "Enter");
};

test("B12 two tabs of the WSS page: broadcast, Ping and Pong, messages that the server sends by itself", async () => {
	const tabs = [await openTab(), await openTab()] as const;
	for (const tab of tabs) await shows(tab, "#clients", "2");
	await say(tabs[0], "Grüße, <b>世界</b> 😀");
	await shows(tabs[1], "#log", "😀");
	await say(tabs[1], "and back");
	for (const tab of tabs) {
		await shows(tab, "#log", "and back");
		const lines = await tab.locator("#log li").allInnerTexts();
		expect(lines.map(line => line.replace(/^\d+: /, ""))).toEqual(["Grüße, <b>世界</b> 😀", "and back"]);
		expect(new Set(lines.map(line => Number.parseInt(line, 10))).size).toBe(2);
	}
	await tabs[0].click("#ping");
	await shows(tabs[0], "#pong", "pong after");
	expect(await tabs[1].locator("#pong").innerText()).toBe("");
	const uptime = await tabs[1].locator("#uptime").innerText();
	await tabs[1].waitForFunction(before => document.getElementById("uptime")?.textContent !== before, uptime);
	await tabs[0].close();
	await shows(tabs[1], "#clients", "1");
	await tabs[1].close();
});

test("Z8 a page may connect to its own origin, not to another's", async () => {
	const page = await (await openWindow(browser)).newPage();
	const own = url.replace("localhost", "127.0.0.1");
	await page.goto(own);
	const tryOpen = (origin: string) =>
		page.evaluate(
			address =>
				new Promise<string>(resolve => {
					const socket = new WebSocket(address);
					socket.onopen = () => resolve("open");
					socket.onerror = () => resolve("error");
				}),
			`${origin.replace("https", "wss")}/chat/socket`
		);
	expect([await tryOpen(own), await tryOpen(url)]).toEqual(["open", "error"]);
	await page.close();
});

test("B1 when the firmware stops, tabs get 1001", async () => {
	const tab = await openTab();
	const stopped = desk.stop();
	await shows(tab, "#state", "closed with 1001");
	expect(await stopped).toEqual({ code: 0, signal: null });
	await tab.close();
});

// Server-sent events: curl, and EventSource in Chromium.

import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { launchChromium, openWindow } from "../../chromium";
import { setDeadline } from "../../deadline";
import { caFile } from "../identities";
import { variants } from "./site";
import { startWebSocketSite, type WebSocketSite } from "./websocket/site";

/** What `curl -N` prints until `pattern` is among it, or it ends, or 10 s of an idle machine pass. Then it is stopped. */
function curlStream(url: string, pattern: RegExp, ...parameters: string[]): Promise<string> {
	const child = spawn("curl", ["-sSN", "--cacert", caFile, ...parameters, url]);
	let output = "";
	const clear = setDeadline(10_000, () => child.kill());
	return new Promise(resolve => {
		child.stdout.on("data", chunk => {
			output += chunk;
			if (pattern.test(output)) child.kill();
		});
		child.on("close", () => {
			clear();
			resolve(output);
		});
	});
}

describe.each(variants)("event streams of the desk host, %s", variant => {
	let site: WebSocketSite;
	let url: string;
	beforeAll(async () => {
		site = await startWebSocketSite(variant, { eventKeepAlive: 50 });
		url = `https://localhost:${site.port}`;
	});
	afterAll(async () => {
		expect(await site.stop()).toEqual({ code: 0, signal: null });
	});

	test("B11 SSE: curl sees events as they are sent, from the one after Last-Event-ID", async () => {
		const event = (id: number) => `event: number\nid: ${id}\ndata: is\ndata: ${id}\n\n`;
		// Comments come where a busy machine has made a pause.
		const first = (await curlStream(`${url}/numbers`, /never/)).replaceAll(": \n\n", "");
		expect(first).toBe(`retry: 20\n\n${event(1)}${event(2)}${event(3)}`);
		const later = await curlStream(`${url}/numbers`, /data: 5/, "-H", "Last-Event-ID: 4");
		expect(later.replaceAll(": \n\n", "")).toContain(`retry: 20\n\n${event(5)}`);
	});

	test("B11 SSE: a silent stream has comments, also for HTTP/1.0", async () => {
		expect(await curlStream(`${url}/silence`, /(: \n\n){3}/)).toMatch(/^(: \n\n){3}/);
		expect(await curlStream(`${url}/silence`, /(: \n\n){3}/, "--http1.0", "-i")).toMatch(/\r\n\r\n(: \n\n){3}/);
	});
});

describe("EventSource", () => {
	let site: WebSocketSite;
	let browser: Browser;
	beforeAll(async () => {
		site = await startWebSocketSite("release");
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await site.stop();
	});

	test("B11 SSE: Chromium gets every event once, over connections that end, by retry and Last-Event-ID", async () => {
		const page = await (await openWindow(browser)).newPage();
		await page.goto(`https://localhost:${site.port}/`);
		const seen = await page.evaluate(
			() =>
				new Promise<string[]>(resolve => {
					const source = new EventSource("/numbers");
					const events: string[] = [];
					source.addEventListener("number", event => {
						events.push(`${event.lastEventId} ${event.data}`);
						if (events.length === 8) resolve(events);
					});
				})
		);
		expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(id => `${id} is\n${id}`));
		await page.close();
	});
});

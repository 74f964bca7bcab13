// What the dashboard's page makes of what it is told: by a server that a test plays, in Chromium.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { Browser, Page, WebSocketRoute } from "playwright-core";
import { launchChromium, openWindow } from "../../../chromium";
import { until } from "../../../deadline";
import { type Demo, startDemo } from "./demo";

const day = 86_400_000;
const description = {
	...{ title: "Lamp", interval: 100, places: 4, classes: [10, 100] },
	...{ end: Date.now() + 30.5 * day, fingerprint: "AA", canRenew: true }
};
const snapshot = {
	...{ time: 5000, memory: [3000, 4000, 20_000, 0, 1000], heap: [null, null, null], xs: [1, 2, 3] },
	...{ opened: 1, open: 1, requests: 1, handshakes: [1, 0], latency: [0, 0, 0] },
	...{ failures: [], connections: [[1, "192.0.2.1", 5, "TLSv1.3", "TLS_X", 0, 1, 2000, "idle"]], errors: [], last: 0 }
};
let demo: Demo;
let browser: Browser;
let page: Page;
let socket: WebSocketRoute;
/** What the page is told when it asks. */
let answers: Record<string, unknown>;
let asked: string[];

beforeAll(async () => {
	demo = await startDemo();
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await demo.desk.stop();
});
// A page that is left open goes on asking, ten times a second.
afterEach(() => page.context().close());
beforeEach(async () => {
	asked = [];
	answers = { identity: description };
	page = await (await openWindow(browser)).newPage();
	await page.routeWebSocket(/\/live$/, route => {
		socket = route;
		route.onMessage(message => {
			asked.push(String(message));
			const answer = answers[String(message)] ?? (Number(message) >= 0 ? (answers.snapshot ?? snapshot) : undefined);
			if (answer !== undefined) route.send(JSON.stringify(answer));
		});
		route.send(JSON.stringify(answers.identity));
	});
	await page.goto(`${demo.url}/`);
	await page.locator("#uptime", { hasText: /up/ }).waitFor();
});

const says = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text }).waitFor();
const renew = () => page.getByRole("button", { name: "Renew the certificate" }).click();

test("Z11 a device without room for an answer: the page says so, and that it is live again", async () => {
	answers.snapshot = { busy: true };
	await says("The device has no memory for an answer at the moment");
	answers.snapshot = snapshot;
	await says(/^Live$/);
});

test("Z11 a certificate that has ended is not said to end in some days", async () => {
	expect(await page.locator("#end").textContent()).toMatch(/^\d{4}-\d\d-\d\d, in 30 days$/);
	for (const [end, text] of [
		[Date.now() - 1.5 * day, /^\d{4}-\d\d-\d\d: it has ended$/],
		[Date.now() - 1000, /^\d{4}-\d\d-\d\d: it has ended$/],
		[Date.now() + 1.5 * day, /^\d{4}-\d\d-\d\d, in 1 day$/],
		[Date.now() + 3_600_000, /^\d{4}-\d\d-\d\d, in less than a day$/]
	] as const) {
		socket.send(JSON.stringify({ ...description, end }));
		await page.locator("#end", { hasText: text }).waitFor();
	}
});

test("Z11 Z17 a certificate that another orders takes its time: the page asks until it is there, or why it is not", async () => {
	answers.renew = description;
	await renew();
	await says("Renewing the certificate");
	await until(async () => asked.filter(each => each === "identity").length > 1, "questions for the certificate");
	answers.identity = { ...description, problem: "FORMER", isBusy: true };
	const before = asked.length;
	await until(async () => asked.slice(before).filter(each => each === "identity").length > 1, "more questions");
	await says("Renewing the certificate");
	answers.identity = { ...description, problem: "RATE_LIMITED" };
	await says("Not renewed: RATE_LIMITED");
	answers.identity = answers.renew = description;
	await renew();
	await says("Renewing the certificate");
	answers.identity = { ...description, fingerprint: "BB" };
	await says("The certificate has been renewed");
	expect(await page.locator("#fingerprint").textContent()).toBe("BB");
});

test("Z11 the connection is lost while a certificate is renewed: the page does not say for ever that it is", async () => {
	await renew();
	await says("Renewing the certificate");
	await socket.close();
	await says("Not renewed: the connection was lost");
	expect(await page.getByRole("button", { name: "Renew the certificate" }).isEnabled()).toBe(true);
});

test("Z11 who holds memory is told, with what is no connection's", async () => {
	const rows = page.getByRole("region", { name: "Connections that are open" }).getByRole("row");
	await rows.filter({ hasText: "192.0.2.1:5" }).filter({ hasText: "2.0 kB" }).waitFor();
	await rows.filter({ hasText: "no connection" }).filter({ hasText: "1.0 kB" }).waitFor();
	answers.snapshot = { ...snapshot, memory: [2000, 4000, 20_000, 0, 0] };
	await until(async () => (await rows.count()) === 2, "one row of a connection");
});

test("Z11 what peers and the firmware choose is text, wherever it is shown", async () => {
	const evil = "<img src=x onerror=window.evil=1>&amp;";
	answers.snapshot = {
		...snapshot,
		failures: [[evil, 1]],
		connections: [[1, evil, 5, evil, evil, 0, 1, 2000, `GET /${evil}`]],
		errors: [`1\t${evil}\t${evil}\tsent ${evil}`],
		last: 1
	};
	answers.identity = { ...description, title: evil, version: evil, update: "/firmware", fingerprint: evil };
	socket.send(JSON.stringify(answers.identity));
	for (const id of ["title", "version", "fingerprint", "connections", "errors", "failures"])
		await page.locator(`#${id}`, { hasText: evil }).waitFor();
	expect(await page.locator("img").count()).toBe(0);
	expect(await page.evaluate("window.evil")).toBeUndefined();
});

// Ten minutes in which a client has to come with a certificate that was chosen, by a device whose time goes faster: to their end,
// and with restarts in their midst.

import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "@jest/globals";
import { launchChromium } from "../../chromium";
import { until } from "../../deadline";
import { scaled } from "../../pace";
import { folder } from "../../unit/certs/tool";
import { type Desk, startDesk } from "../desk";
import { askPage } from "./certificates-api";
import { House } from "./house";
import { visit } from "./visit";

const minute = 60_000;
/** Ten minutes in eight seconds; on a busy machine in more, for who has to come within them. */
const pace = Math.ceil((10 * minute) / Math.min(16_000, scaled(8000)));
const house = new House(folder(), ["between"]);
const { at, read, sign } = house;
let desk: Desk;
let port = 0;
let stores = 0;

async function start(store: string): Promise<void> {
	const main = "build/js/host-tests/programs/identity/certificates-site.js";
	desk = startDesk({ main, config: { store: at(store), port, pace } });
	port = Number((await desk.waitForLine(/^listening on (\d+)/m))[1]);
}
afterEach(() => desk.stop());

async function cutPower(): Promise<void> {
	desk.process.kill("SIGKILL");
	await desk.exit;
}

const ask = (method: string, path: string, body = "", headers = {}) => askPage(port, method, path, body, headers);
const served = async () => (await visit(port)).leaf.fingerprint256;
const passed = (minutes: number) => sleep((minutes * minute) / pace);
/** When the device began to serve what it serves: all times that it has said. */
const changes = () =>
	[...desk.output.matchAll(/^serves (\w+) at (\d+)$/gm)].map(([, name, time]) => [name, Number(time)] as const);

/** A device that serves its own certificate, and has been given one of the house. */
async function install(): Promise<{ store: string; own: string; uploaded: string }> {
	const store = `trial-${++stores}`;
	await start(store);
	const own = (await served()) as string;
	writeFileSync(at("csr.pem"), (await ask("GET", "/request")).text);
	expect((await ask("POST", "/chain", sign("leaf.pem") + read("between.pem"))).status).toBe(200);
	const uploaded = (await served()) as string;
	expect(uploaded).not.toBe(own);
	return { store, own, uploaded };
}

describe("Z18 ten minutes", () => {
	test("Z18 nobody comes: not sooner and not much later that of before is served again, and for good", async () => {
		const { store, own } = await install();
		await desk.waitForLine(/^serves own at/m, 30_000);
		const [[, from], [, to]] = changes() as [[string, number], [string, number]];
		expect((to - from) / minute).toBeGreaterThanOrEqual(10);
		// A timer of a busy machine may be late: what is counted here goes so many times as fast.
		expect((to - from) / minute).toBeLessThan(60);
		expect(await served()).toBe(own);
		await desk.stop();
		await start(store);
		expect(await served()).toBe(own);
		expect(JSON.parse((await ask("GET", "/state")).text)).toMatchObject({ choice: "own", trial: null });
	});

	test("Z18 the owner comes: what was chosen stays beyond them, and over a restart", async () => {
		const { store, uploaded } = await install();
		expect(JSON.parse((await ask("GET", "/state")).text)).toMatchObject({ choice: "uploaded", trial: null });
		await passed(12);
		expect(changes().map(([name]) => name)).toEqual(["uploaded"]);
		await desk.stop();
		await start(store);
		expect(await served()).toBe(uploaded);
	});

	test("Z18 restarts in their midst end the trial: that of before is served, and no later timer changes it", async () => {
		const { store, own, uploaded } = await install();
		await passed(5);
		expect(await served()).toBe(uploaded);
		await cutPower();
		await start(store);
		expect(await served()).toBe(own);
		await passed(12);
		expect([await served(), changes()]).toEqual([own, []]);
		expect((await ask("POST", "/choice", '{"name":"uploaded"}')).status).toBe(200);
		expect(JSON.parse((await ask("GET", "/state")).text).trial).toBe(null);
		await cutPower();
		await start(store);
		expect(await served()).toBe(uploaded);
	});

	test("Z18 a second choice has ten minutes of its own; who makes it has come with the first, which comes back", async () => {
		const { uploaded } = await install();
		await passed(6);
		expect((await ask("POST", "/chain", sign("next.pem") + read("between.pem"))).status).toBe(200);
		expect(await served()).not.toBe(uploaded);
		await desk.waitForLine(/^(?:serves uploaded at \d+\n[\s\S]*){3}/m, 30_000);
		const [, [, second], [, end]] = changes() as [unknown, [string, number], [string, number]];
		expect((end - second) / minute).toBeGreaterThanOrEqual(10);
		expect(await served()).toBe(uploaded);
	});
});

test("Z18 no other page shows it in a frame, be it of the device itself: a click in it would choose", async () => {
	await start("framed");
	const browser = await launchChromium();
	const httpCredentials = { username: "ada", password: "s3cret" };
	const context = await browser.newContext({ ignoreHTTPSErrors: true, httpCredentials });
	context.setDefaultTimeout(scaled(30_000));
	const url = `https://127.0.0.1:${port}/certificates`;
	for (const from of [`https://127.0.0.1:${port}/`, "data:text/html,<body>"]) {
		const page = await context.newPage();
		await page.goto(from);
		await page.evaluate(`document.body.append(Object.assign(document.createElement("iframe"), { src: "${url}" }))`);
		// What Chromium shows in the place of a page that may not be there.
		const isOver = () => page.frames()[1]?.url() !== "about:blank" && page.frames()[1]?.url() !== "";
		await until(isOver, () => `${page.frames().map(frame => frame.url())}`);
		expect(page.frames()[1]?.url()).toBe("chrome-error://chromewebdata/");
		await page.close();
	}
	const page = await context.newPage();
	await page.goto(url);
	expect(await page.textContent("h1")).toBe("Certificates");
	await browser.close();
});

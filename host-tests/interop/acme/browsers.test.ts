// Browsers that trust the CA's root show the device's page without a warning, before and after a renewal.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { launchChromium, showTo } from "../../chromium";
import { Firefox } from "../../firefox";
import { scaled } from "../../pace";
import { folder } from "../../unit/certs/tool";
import { visit } from "../identity/visit";
import { trusting } from "./browser";
import { type Device, freePorts, startDevice } from "./device";
import { type Pebble, startPebble } from "./pebble";

const out = folder();
const root = join(out, "root.pem");
/** A name that browsers take for this machine without asking anyone. */
const names = "device.localhost";
let pebble: Pebble;
let device: Device;
let url: string;
beforeAll(async () => {
	const ports = await freePorts();
	// Browsers want certificates of 398 days at most.
	pebble = await startPebble({ httpPort: ports.plainPort, tlsPort: ports.port, validity: 90 * 86_400 });
	const config = { store: join(out, "device.bin"), directory: pebble.directory, names, idleTimeout: 600_000 };
	device = await startDevice({ ...ports, ...config });
	await device.whenChanged();
	writeFileSync(root, pebble.root);
	url = `https://${names}:${ports.port}/`;
});
afterAll(async () => {
	await device.stop();
	await pebble.stop();
});

const fingerprint = async () => (await device.state()).fingerprint as string;
const renew = async (count: number) => {
	await device.post("/renew");
	await device.whenChanged(count);
};

test("Z17 Chromium, which keeps its connection meanwhile", async () => {
	const home = trusting(root, join(out, "chromium"));
	expect(await showTo(home, url)).toContain(await fingerprint());
	const browser = await launchChromium(home);
	try {
		const page = await browser.newPage();
		page.setDefaultTimeout(scaled(30_000));
		await page.goto(url);
		const peer = () => page.evaluate("fetch('/peer').then(answer => answer.text())");
		await peer();
		// One that is newer than a visit's before the renewal is new. Browsers open a second one ahead, and take either.
		const newest = Number((await visit(device.port, "GET", "/peer")).text);
		await renew(2);
		expect(Number(await peer())).toBeLessThan(newest);
		expect(await page.textContent("#fingerprint")).not.toBe(await fingerprint());
	} finally {
		await browser.close();
	}
	expect(await showTo(home, url)).toContain(await fingerprint());
	expect(await showTo(join(out, "stranger"), url)).not.toContain("fingerprint");
});

test("Z17 Firefox, which keeps its connection meanwhile", async () => {
	const firefox = await Firefox.launch(root);
	const peer = "fetch('/peer').then(answer => answer.text())";
	try {
		await firefox.goTo(url);
		expect(await firefox.evaluate("document.body.innerText")).toContain(await fingerprint());
		await firefox.evaluate(peer);
		const newest = Number((await visit(device.port, "GET", "/peer")).text);
		await renew(3);
		expect(Number(await firefox.evaluate(peer))).toBeLessThan(newest);
		expect(await firefox.evaluate("document.body.innerText")).not.toContain(await fingerprint());
	} finally {
		await firefox.close();
	}
	const again = await Firefox.launch(root);
	await again.goTo(url);
	expect(await again.evaluate("document.body.innerText")).toContain(await fingerprint());
	await again.close();
});

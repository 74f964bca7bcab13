// Who may not: pages of others, other networks, second persons, guessers; and where a password must not show.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { ask } from "./ask";
import { type Device, held, home, quick, soon, startDevice } from "./device";

let device: Device;
afterEach(() => device.stop());

const type = "application/x-www-form-urlencoded";
const content = new URLSearchParams({ ssid: "Home", password: home.password }).toString();
const connects = async () => (await device.state()).calls.filter(call => call.startsWith("connect"));

describe("Z16 forged requests", () => {
	test("what changes something comes from the portal's own page: no other origin, none at all, no other host", async () => {
		device = await startDevice();
		const { port, origin } = device;
		for (const path of ["/join", "/scan", "/done"])
			for (const headers of [
				{},
				{ origin: "null" },
				{ origin: "http://evil.example" },
				{ origin: `${origin}.evil.example` },
				{ origin: "http://evil.example", host: "evil.example" },
				{ origin, host: "evil.example" },
				{ origin: `https://127.0.0.1:${port}` }
			] as Record<string, string>[]) {
				const { status } = await ask(port, "POST", path, { "content-type": type, ...headers }, content);
				expect([path, headers, status]).toEqual([path, headers, 403]);
			}
		const plain = await ask(port, "POST", "/join", { origin, "content-type": "text/plain" }, content);
		expect(plain.status).toBe(415);
		expect(await connects()).toEqual([]);
	});

	test("a page of a name that has been bound to the device reads nothing", async () => {
		device = await startDevice();
		for (const path of ["/", "/state", "/captive"]) {
			const { status, text } = await ask(device.port, "GET", path, { host: "evil.example" });
			expect([path, status]).toEqual([path, 302]);
			expect(text).not.toMatch(/Home|form/);
		}
	});

	test("no page frames it, nothing of others is loaded, and what it is not is not answered", async () => {
		device = await startDevice();
		const { headers, text } = await ask(device.port, "GET", "/");
		const [, policy = ""] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(text) ?? [];
		expect(policy).toMatch(/^default-src 'none'; .*; form-action 'self'; base-uri 'none'$/);
		expect(text.indexOf(policy)).toBeLessThan(text.indexOf("<style>"));
		expect(policy).not.toContain("unsafe");
		expect(headers).toMatchObject({ "content-security-policy": "frame-ancestors 'none'", "x-frame-options": "DENY" });
		expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
		expect((await ask(device.port, "GET", "/favicon.ico")).status).toBe(404);
		expect((await ask(device.port, "GET", "/join")).status).toBe(404);
		expect((await ask(device.port, "PUT", "/", { origin: device.origin })).status).toBe(404);
	});

	test("who is not in the access point's network is refused, by the page and by the name server", async () => {
		device = await startDevice({ options: { address: "192.168.4.1" } });
		expect((await ask(device.port, "GET", "/", { host: "192.168.4.1" })).status).toBe(403);
		expect((await ask(device.port, "GET", "/generate_204", { host: "a.example" })).status).toBe(403);
	});
});

describe("Z16 several persons, and many attempts", () => {
	test("while one network is being joined no second one is taken, whoever asks", async () => {
		device = await startDevice({ air: { isHeld: true }, options: { limits: held } });
		const all = await Promise.all(
			["Home", "Other", "Third"].map(other => device.send("/join", { other, password: home.password }))
		);
		expect(all.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
		expect(all.find(({ status }) => status === 409)?.text).toMatch(/Somebody else is setting this device up/);
		await device.shows(/Joining/);
		await device.when(({ calls }) => calls.some(call => call.startsWith("connect")), "an attempt");
		expect(await connects()).toHaveLength(1);
	});

	test("after some attempts there is a pause", async () => {
		device = await startDevice({ options: { limits: { ...quick, tries: 3, tryInterval: 600_000 } } });
		const statuses: number[] = [];
		for (let at = 0; at < 5; at++) statuses.push((await device.send("/join", { ssid: "Home", password: "x" })).status);
		expect(statuses).toEqual([422, 422, 422, 429, 429]);
		expect((await device.send("/join", { ssid: "Home" })).text).toMatch(/tried too often/);
		await device.stop();
		device = await startDevice({ options: { limits: { ...quick, tries: 1, tryInterval: 1500 } } });
		for (const expected of [422, 429, 422]) {
			const isSo = async () => (await device.send("/join", { ssid: "Home", password: "x" })).status === expected;
			await until(isSo, `an attempt with ${expected}`, 60_000);
		}
	});

	test("a form is short", async () => {
		device = await startDevice();
		expect((await device.send("/join", { ssid: "Home", password: "x".repeat(600) })).status).toBe(413);
	});
});

test("Z16 names on the air are shown as text, whatever they have, and few of many", async () => {
	const bad = ["<script>alert(1)</script>", '"><img src=x>', "a\u0000b", "a\nb", "n".repeat(33), ""];
	const networks = [...bad.map(ssid => ({ ssid, rssi: -30 })), { ssid: "Old", authentication: "wep", rssi: -30 }];
	device = await startDevice({ air: { networks, crowd: 200 } });
	const page = await device.shows(/Another network/);
	expect(page).not.toMatch(/<script>alert|<img|Old|nnnn/);
	expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
	expect(page.match(/type="radio"/g)).toHaveLength(16);
	expect(page.match(/name="ssid" value="[^"]*"/g)).toHaveLength(16);
});

test("Z16 the password is in flash, as the page of the store says, and nowhere else: in no page, state or output", async () => {
	device = await startDevice({ options: { limits: { ...quick, doneTime: soon() } } });
	const seen: string[] = [];
	seen.push((await device.send("/join", { ssid: "Home", password: home.password })).text, await device.page());
	seen.push(await device.shows(/has joined/), (await device.send("/done")).text, await device.page());
	seen.push((await ask(device.port, "GET", "/state")).text, (await ask(device.port, "GET", "/captive")).text);
	await device.when(({ heard }) => heard.includes("online"), "the network");
	expect(seen.join("\n") + device.output).not.toContain(home.password);
	const kept = () =>
		readdirSync(device.preferences)
			.map(name => readFileSync(join(device.preferences, name), "latin1"))
			.join("");
	expect(kept()).toContain(home.password);
	await device.act("/forget");
	await device.when(({ portal }) => portal, "the portal");
	expect(kept()).not.toContain(home.password);
});

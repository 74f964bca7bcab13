// What phones and computers ask in a network that they have just joined, with the heads that they send, and what they are answered.

import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ask } from "./ask";
import { type Device, home, quick, startDevice } from "./device";

const success = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>";
const support = '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>';
const agents = {
	android: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.3112.32 Safari/537.36",
	apple: "CaptiveNetworkSupport-481.140.2 wispr",
	chromium: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
	firefox: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
};
const online = "NetworkManager is online\n";

/** Host, path, agent, and status and content of what says that there is no portal. */
const probes: [name: string, host: string, path: string, agent: string, status: number, text: string][] = [
	["Android", "connectivitycheck.gstatic.com", "/generate_204", agents.android, 204, ""],
	["Android, second", "www.google.com", "/gen_204", agents.android, 204, ""],
	["Xiaomi", "connect.rom.miui.com", "/generate_204", agents.android, 204, ""],
	["Chromium", "www.gstatic.com", "/generate_204", agents.chromium, 204, ""],
	["iOS", "captive.apple.com", "/hotspot-detect.html", agents.apple, 200, success],
	["macOS, former", "www.apple.com", "/library/test/success.html", agents.apple, 200, success],
	["Windows", "www.msftconnecttest.com", "/connecttest.txt", "Microsoft NCSI", 200, "Microsoft Connect Test"],
	["Windows 7", "www.msftncsi.com", "/ncsi.txt", "Microsoft NCSI", 200, "Microsoft NCSI"],
	["Firefox", "detectportal.firefox.com", "/canonical.html", agents.firefox, 200, support],
	["Firefox, IPv4", "detectportal.firefox.com", "/success.txt?ipv4", agents.firefox, 200, "success\n"],
	["GNOME", "nmcheck.gnome.org", "/check_network_status.txt", "", 200, online],
	["Debian", "network-test.debian.org", "/nm", "", 200, online],
	["Fedora", "fedoraproject.org", "/static/hotspot.txt", "", 200, "OK"],
	["Ubuntu", "connectivity-check.ubuntu.com.", "/", "", 204, ""]
];

let device: Device;
beforeAll(async () => {
	device = await startDevice({ options: { limits: { ...quick, doneTime: 60_000 } } });
});
afterAll(() => device.stop());

const probe = (host: string, path: string, agent: string) =>
	ask(device.port, "GET", path, { host, "user-agent": agent, connection: "close" });

/** All are led to the portal, and nothing may remember it. */
async function expectPortal(): Promise<void> {
	for (const [name, host, path, agent] of probes) {
		const { status, headers, text } = await probe(host, path, agent);
		const { location, "cache-control": cache } = headers;
		expect({ name, status, location, cache }).toEqual({
			name,
			status: 302,
			location: `${device.origin}/`,
			cache: "no-store"
		});
		expect(text).not.toContain("Success");
	}
}

const captive = async () => JSON.parse((await ask(device.port, "GET", "/captive")).text).captive;

test("Z16 before the device has joined, each is led to the portal's page; other hosts and paths too", async () => {
	await expectPortal();
	for (const [host, path] of [
		["example.com", "/"],
		["example.com", "/some/where?a=b"],
		["www.msftconnecttest.com", "/redirect"],
		["lamp.local", "/"]
	] as const) {
		const { status, headers } = await probe(host, path, "");
		expect([status, headers.location]).toEqual([302, `${device.origin}/`]);
	}
	expect(await captive()).toBe(true);
});

test("Z16 while it joins, and until the person has seen that it has, no window closes", async () => {
	await device.send("/join", { ssid: "Home", password: home.password });
	await expectPortal();
	await device.shows(/has joined/);
	await expectPortal();
	expect(await captive()).toBe(true);
});

test("Z16 then each gets what it wants, so that its window closes; other pages are still led to the portal's", async () => {
	await device.send("/done");
	for (const [name, host, path, agent, status, text] of probes) {
		const answer = await probe(host, path, agent);
		expect({ name, status: answer.status, text: answer.text }).toEqual({ name, status, text });
		expect(answer.headers.connection).toBe("close");
	}
	expect((await probe("connectivity-check.ubuntu.com.", "/", "")).headers["x-networkmanager-status"]).toBe("online");
	expect((await probe("example.com", "/", "")).status).toBe(302);
	const api = await ask(device.port, "GET", "/captive");
	expect([api.headers["content-type"], JSON.parse(api.text)]).toEqual([
		"application/captive+json",
		{ captive: false, "user-portal-url": `${device.origin}/` }
	]);
});

// What goes wrong on the air, in the radio, in flash, or with the power, and what the person is told.

import { createSocket } from "node:dgram";
import { afterEach, describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { type Device, home, quick, soon, startDevice } from "./device";

let device: Device;
afterEach(() => device.stop());

const networks = [
	home,
	{ ssid: "Silent", password: home.password, manner: "silent" },
	{ ssid: "Dry", password: home.password, manner: "no address" },
	{ ssid: "Loose", password: home.password, manner: "drops" },
	{ ssid: "Mad", password: home.password, manner: "throws" }
];

test.each([
	["Home", "wrong password", /“Home” did not accept the password/],
	["Silent", home.password, /“Silent” did not answer in time/],
	["Dry", home.password, /“Dry” was joined, but gave the device no address/],
	["Loose", home.password, /connection to “Loose” was lost while it was being made/],
	["Mad", home.password, /could not begin to join a network/],
	["Nowhere", home.password, /“Nowhere” was not found/]
])(
	"Z16 %s with %s: the page says what is wrong, nothing is stored, and the next attempt works",
	async (ssid, password, words) => {
		device = await startDevice({ air: { networks } });
		await device.shows(/value="Home"/);
		await device.send("/join", { other: ssid, password });
		const page = await device.shows(words);
		expect(page).toContain('role="alert"');
		expect(page).not.toContain(password);
		expect(await device.state()).toMatchObject({ configured: false, online: false, portal: true });
		await device.send("/join", { ssid: "Home", password: home.password });
		await device.shows(/has joined/);
	}
);

describe("Z16 what is typed", () => {
	test("is looked at before the radio is asked", async () => {
		device = await startDevice();
		await device.shows(/value="Home"/);
		for (const [fields, words] of [
			[{}, /Choose a network, or type its name/],
			[{ other: "n".repeat(33) }, /Choose a network, or type its name/],
			[{ other: "a\u0007b" }, /Choose a network, or type its name/],
			[{ ssid: "Home", password: "short" }, /8 to 63 characters/],
			[{ ssid: "Home", password: "x".repeat(64) }, /8 to 63 characters/],
			[{ ssid: "Home", password: "0".repeat(65) }, /8 to 63 characters/]
		] as const) {
			const { status, text } = await device.send("/join", fields as Record<string, string>);
			expect([status, words.test(text)]).toEqual([status === 429 ? 429 : 422, status !== 429]);
			if (status === 429) break;
		}
		expect((await device.state()).calls.some(call => call.startsWith("connect"))).toBe(false);
	});

	test("a network that has a password is not tried without; what was chosen stays chosen, and no password is shown again", async () => {
		device = await startDevice();
		await device.shows(/value="Home"/);
		expect((await device.send("/join", { ssid: "Home" })).text).toMatch(/“Home” needs a password/);
		const { text } = await device.send("/join", { ssid: "Home", password: "s3cret" });
		expect(text).toMatch(/value="Home" checked/);
		expect(text).not.toContain("s3cret");
	});
});

describe("Z16 the radio", () => {
	test("a scan that throws, or never ends: a network can be typed, and looked for again", async () => {
		const limits = { ...quick, scanTimeout: soon() };
		device = await startDevice({ air: { scan: "throws" }, options: { limits } });
		await device.shows(/Networks could not be looked for/);
		await device.air({ scan: "silent" });
		await device.send("/scan");
		expect(await device.page()).toContain("Looking for networks");
		await device.shows(/No network was found/);
		await device.send("/join", { other: "Home", password: home.password });
		await device.shows(/has joined/);
	});

	test("an access point that does not open is tried again", async () => {
		device = await startDevice({ air: { accessPoint: "throws" }, options: { limits: { ...quick, reopenPause: 200 } } });
		const failed = "Error: esp_wifi_set_config failed";
		await device.when(({ heard }) => heard.filter(each => each === failed).length >= 2, "two failures");
		expect((await device.state()).portal).toBe(false);
		await device.air({ accessPoint: "opens" });
		await device.shows(/value="Home"/);
	});

	test("an ESP8266 closes its access point when it joins: it opens again at once", async () => {
		device = await startDevice({ air: { isESP8266: true } });
		await device.shows(/value="Home"/);
		await device.send("/join", { ssid: "Home", password: "wrong password" });
		await device.shows(/did not accept/);
		await device.send("/join", { ssid: "Home", password: home.password });
		await device.shows(/has joined/);
		const { calls } = await device.state();
		const joining = calls.indexOf("connect Home correct horse");
		expect(calls.slice(joining, joining + 3)).toEqual(["connect Home correct horse", "mode 3", "accessPoint"]);
	});

	test("a network that is lost once it was joined is joined again; the application is told when the portal is closed", async () => {
		device = await startDevice({ options: { limits: { ...quick, firstRetry: 300 } } });
		await device.send("/join", { ssid: "Home", password: home.password });
		await device.shows(/has joined/);
		await device.act("/tell/disconnect");
		await device.when(({ online }) => online, "the network");
		await device.send("/done");
		await device.when(({ heard }) => heard.includes("online"), "word of being online");
		await device.act("/tell/disconnect");
		await device.when(({ heard, online }) => heard.at(-1) === "online" && online, "the network again");
		expect((await device.state()).heard).toEqual(["portal", "closed", "online", "offline", "online"]);
	});
});

describe("Z16 storing", () => {
	test.each(["cut before", "cut behind"])(
		"power is %s the write: the device begins anew, or has joined",
		async store => {
			device = await startDevice({ config: { store } });
			await device.send("/join", { ssid: "Home", password: home.password });
			expect((await device.exit).code).toBe(3);
			device = await startDevice({ preferences: device.preferences });
			const isKept = store === "cut behind";
			await device.when(({ online, portal }) => (isKept ? online : portal), "the network, or the portal");
			expect(await device.state()).toMatchObject({ configured: isKept, portal: !isKept });
		}
	);

	test("what cannot be stored is not joined, and said", async () => {
		device = await startDevice({ config: { store: "throws" } });
		await device.send("/join", { ssid: "Home", password: home.password });
		await device.shows(/“Home” was joined, but the device could not remember it/);
		expect(await device.state()).toMatchObject({ online: false, configured: false, portal: true });
		expect((await device.state()).heard).toContain("Error: nvs_set_blob fail");
	});
});

test("Z16 without the port of the name server the portal is there all the same", async () => {
	const socket = createSocket("udp4");
	await new Promise<void>(resolve => socket.bind(0, "127.0.0.1", resolve));
	const { port } = socket.address();
	device = await startDevice({ config: { dnsPort: port }, areTaken: true });
	await device.shows(/value="Home"/);
	await until(async () => (await device.state()).heard.some(each => each.includes(`${port}`)), "word of the port");
	socket.close();
});

// From a device that knows no network to one that is in it: what a person does, and what becomes of it.

import { afterEach, expect, test } from "@jest/globals";
import { ask } from "./ask";
import { type Device, held, home, quick, soon, startDevice } from "./device";

let device: Device;
afterEach(() => device.stop());

const opened = "mode 3, accessPoint, scan";

test("Z16 a network is chosen and joined; the access point stays until the person is done, and then servers start", async () => {
	device = await startDevice({ air: { isHeld: true }, options: { limits: { ...held, doneTime: soon() } } });
	const list = await device.shows(/value="Home"/);
	expect(list).toMatch(/Home<\/bdi> <small>strong<.*Café<\/bdi> <small>good, open</s);
	const { calls, opened: accessPoint } = await device.state();
	expect(calls.join(", ")).toBe(opened);
	expect(accessPoint).toMatchObject({ ssid: "Lamp 4F21", password: "printed-on-it", station: true });

	expect(await device.send("/join", { ssid: "Home", password: home.password })).toMatchObject({
		status: 303,
		headers: { location: "/" }
	});
	expect(await device.page()).toMatch(/Joining the network.*<b>Home<\/b>.*<progress/s);
	await device.air({ isHeld: false });
	const result = await device.shows(/has joined/);
	expect(result).toMatch(/is now in <b>Home<\/b>. .* then open <a href="https:\/\/lamp\.local\/">/);
	expect(await device.state()).toMatchObject({ online: true, portal: true, configured: true, heard: ["portal"] });
	expect((await device.send("/join", { ssid: "Café" })).status).toBe(409);

	expect((await device.send("/done")).status).toBe(303);
	expect(await device.page()).toContain("All done");
	const { heard, calls: all } = await device.when(({ heard }) => heard.includes("online"), "word of being online");
	expect(heard).toEqual(["portal", "closed", "online"]);
	expect(all.at(-1)).toBe("mode 1");
	await expect(ask(device.port, "GET", "/")).rejects.toThrow("ECONNREFUSED");
});

test("Z16 what is stored is joined at the next start, with the portal closed; forgotten, it opens", async () => {
	device = await startDevice();
	await device.send("/join", { ssid: "Home", password: home.password });
	await device.shows(/has joined/);
	await device.stop();
	device = await startDevice({ preferences: device.preferences });
	expect(await device.when(({ online }) => online, "the network")).toMatchObject({
		portal: false,
		heard: ["online"],
		calls: ["connect Home correct horse"]
	});
	await device.act("/forget");
	expect(await device.when(({ portal }) => portal, "the portal")).toMatchObject({
		online: false,
		configured: false,
		heard: ["online", "offline", "portal"]
	});
	await device.stop();
	device = await startDevice({ preferences: device.preferences });
	await device.shows(/value="Home"/);
	expect(await device.state()).toMatchObject({ configured: false, portal: true });
});

test("Z16 a hidden network by its name, an open one without a password, a key of 64 digits", async () => {
	const key = "0123456789abcdefABCDEF".padEnd(64, "0");
	const hidden = { ssid: 'Attic "5" <&>', password: key, isHidden: true };
	device = await startDevice({ air: { networks: [home, hidden, { ssid: "Open" }] } });
	expect(await device.shows(/value="Home"/)).not.toContain("Attic");
	expect((await device.send("/join", { ssid: "Home", other: hidden.ssid, password: key })).status).toBe(303);
	await device.shows(/<b>Attic &quot;5&quot; &lt;&amp;&gt;<\/b>.*Done/s);
	await device.act("/forget");
	await device.shows(/value="Open"/);
	await device.send("/join", { ssid: "Open", password: "" });
	await device.shows(/<b>Open<\/b>.*Done/s);
	const { calls } = await device.state();
	expect(calls.filter(call => call.startsWith("connect"))).toEqual([`connect ${hidden.ssid} ${key}`, "connect Open -"]);
});

test("Z16 at the press of a button the portal opens beside the network; what is stored stays until another has worked", async () => {
	device = await startDevice();
	await device.send("/join", { ssid: "Home", password: home.password });
	await device.shows(/has joined/);
	await device.send("/done");
	await device.when(({ heard }) => heard.includes("online"), "the network");
	await device.act("/open");
	expect((await device.when(({ portal }) => portal, "the portal")).heard.slice(3)).toEqual(["offline", "portal"]);
	expect((await device.state()).online).toBe(true);
	await device.send("/join", { ssid: "Elsewhere", password: "long enough" });
	await device.shows(/“Elsewhere” was not found/);
	await device.stop();
	device = await startDevice({ preferences: device.preferences });
	await device.when(({ online }) => online, "the former network");
});

test("Z16 nobody presses the button: the access point closes some time after it has shown the result", async () => {
	const limits = { ...quick, resultTime: 1500, unseenTime: 60_000 };
	device = await startDevice({ options: { limits } });
	await device.send("/join", { ssid: "Home", password: home.password });
	await device.when(({ online }) => online, "the network");
	await new Promise(resolve => setTimeout(resolve, 2000));
	expect((await device.state()).portal).toBe(true);
	await device.shows(/has joined/);
	await device.when(({ heard }) => heard.includes("online"), "the end of the portal");
});

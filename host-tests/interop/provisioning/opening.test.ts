// When the access point and its page open and close.

import { createServer } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { ask } from "./ask";
import { type Device, home, quick, startDevice } from "./device";

let device: Device;
afterEach(() => device.stop());

test("Z16 the page's port is taken: no access point stays open without a page, and both open once it is free", async () => {
	const other = createServer().unref();
	await new Promise<void>(resolve => other.listen(0, "127.0.0.1", resolve));
	const { port } = other.address() as { port: number };
	device = await startDevice({
		areTaken: true,
		config: { port },
		options: { limits: { ...quick, reopenPause: 300 } }
	});
	await device.when(({ heard }) => heard.filter(each => each.includes(`${port}`)).length >= 2, "two failures");
	const { calls, portal } = await device.state();
	expect([portal, calls.slice(0, 3)]).toEqual([false, ["mode 3", "accessPoint", "mode 1"]]);
	await new Promise(resolve => other.close(resolve));
	await until(async () => (await device.state()).portal, "the portal");
});

test("Z16 the button of the last page before anything has been joined: the portal stays", async () => {
	device = await startDevice();
	await device.shows(/value="Home"/);
	expect((await device.send("/done")).status).toBe(303);
	await device.shows(/value="Home"/);
	await device.send("/join", { ssid: "Home", password: home.password });
	await device.shows(/has joined/);
});

test("Z16 a phone that only asks for the Internet does not keep a portal open beside the network", async () => {
	device = await startDevice({ options: { limits: { ...quick, openTime: 2000 } } });
	await device.send("/join", { ssid: "Home", password: home.password });
	await device.shows(/has joined/);
	await device.send("/done");
	await device.when(({ heard }) => heard.includes("online"), "the network");
	await device.act("/open");
	await device.when(({ heard }) => heard.filter(each => each === "portal").length === 2, "the portal");
	let isOpen = true;
	const probe = () => ask(device.port, "GET", "/generate_204", { host: "connectivitycheck.gstatic.com" });
	const asking = setInterval(() => isOpen && probe().catch(() => {}), 200).unref();
	await device.when(({ portal }) => !portal, "the portal's end");
	isOpen = false;
	clearInterval(asking);
});

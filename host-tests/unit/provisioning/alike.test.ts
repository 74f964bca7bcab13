// A network that has the addresses which the access point has too, 192.168.4.x: the device is in one of the two at a time.

import { describe, expect, test } from "@jest/globals";
import { decodeCredentials } from "provisioning/credentials";
import { air, tell } from "../../programs/provisioning/wifi";
import { eachHasItsLamp, home, joined, lamp, minute, pass, portal } from "./lamp";

eachHasItsLamp();

const connects = () => air.calls.filter(call => call.startsWith("connect ")).length;
const online = () => lamp.provisioner.online;

describe("Z16 a network with the access point's own addresses", () => {
	test("is chosen: it is kept, left until the result was seen, and joined when the portal is closed", async () => {
		joined.address = "192.168.4.23";
		lamp.stored = undefined;
		lamp.start();
		await pass(1000);
		lamp.provisioner.join(home);
		await pass(5000);
		expect([lamp.provisioner.progress.phase, online(), portal.isOpen]).toEqual(["joined", false, true]);
		expect([decodeCredentials(lamp.stored), air.calls.at(-1)]).toEqual([home, "disconnect"]);
		lamp.provisioner.done();
		await pass(minute);
		expect([portal.isOpen, online(), lamp.heard]).toEqual([false, true, ["portal", "closed", "online"]]);
	});

	test("is the device's: it is left while a button has opened the portal, not joined meanwhile, and joined again", async () => {
		joined.address = "192.168.4.23";
		lamp.start();
		await pass(1000);
		void lamp.provisioner.open();
		await pass(1000);
		expect([portal.isOpen, online()]).toEqual([true, false]);
		const before = connects();
		await pass(9 * minute);
		expect(connects()).toBe(before);
		await pass(2 * minute);
		expect([portal.isOpen, online(), lamp.heard]).toEqual([
			false,
			true,
			["online", "offline", "portal", "closed", "online"]
		]);
	});

	test("comes back beside a portal that a button has opened: it is left again", async () => {
		joined.address = "192.168.4.23";
		air.networks = [];
		lamp.start();
		await pass(1000);
		void lamp.provisioner.open();
		await pass(5000);
		air.networks = [home];
		await pass(3 * minute);
		expect([portal.isOpen, online(), air.calls.at(-1)]).toEqual([true, false, "disconnect"]);
		await pass(10 * minute);
		expect([portal.isOpen, online()]).toEqual([false, true]);
	});

	test("one with other addresses is not left", async () => {
		joined.address = "192.168.40.23";
		lamp.start();
		await pass(1000);
		void lamp.provisioner.open();
		await pass(1000);
		lamp.provisioner.join(home);
		await pass(5000);
		expect([lamp.provisioner.progress.phase, online(), portal.isOpen]).toEqual(["joined", true, true]);
		tell("disconnect", 0);
		await pass(5000);
		expect(online()).toBe(true);
	});
});

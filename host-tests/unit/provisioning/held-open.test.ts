// A portal of a device that has a network: who goes on asking for its page does not hold it open.

import { describe, expect, test } from "@jest/globals";
import { air, tell } from "../../programs/provisioning/wifi";
import { eachHasItsLamp, home, lamp, minute, pass, portal } from "./lamp";

eachHasItsLamp();

/** Somebody asks for the page, twice a minute. */
async function use(minutes: number): Promise<void> {
	for (let at = 0; at < 2 * minutes; at++) {
		if (portal.isOpen) lamp.provisioner.used();
		await pass(minute / 2);
	}
}

describe("Z16 an access point that somebody would hold open by loading its page", () => {
	test("opened by a button: half an hour at most, then the device is in its network again", async () => {
		lamp.start();
		await pass(1000);
		void lamp.provisioner.open();
		await use(29);
		expect(portal.isOpen).toBe(true);
		await use(2);
		expect([portal.isOpen, lamp.heard]).toEqual([false, ["online", "offline", "portal", "closed", "online"]]);
	});

	test("opened since the network was away: it closes too, and the network is looked for", async () => {
		air.networks = [];
		lamp.start({ reopenAfter: 10 * minute });
		await pass(11 * minute);
		expect(portal.isOpen).toBe(true);
		await use(30);
		expect(portal.isOpen).toBe(false);
		air.networks = [home];
		await use(2);
		expect([lamp.provisioner.online, lamp.heard]).toEqual([true, ["portal", "closed", "online"]]);
	});

	test("choosing networks that do not answer does not either", async () => {
		lamp.start();
		await pass(1000);
		void lamp.provisioner.open();
		air.networks = [{ ssid: "Nobody", manner: "silent" }];
		tell("disconnect", 0);
		for (let at = 0; at < 31; at++) {
			if (portal.isOpen) lamp.provisioner.join({ ssid: "Nobody" });
			await pass(minute);
		}
		expect(portal.isOpen).toBe(false);
	});

	test("a device that knows no network yet waits for a person as long as it takes", async () => {
		lamp.stored = undefined;
		lamp.start();
		await use(600);
		expect(portal.isOpen).toBe(true);
	});

	test("each opening has its own half hour", async () => {
		lamp.start();
		for (let at = 0; at < 3; at++) {
			await pass(minute);
			void lamp.provisioner.open();
			await use(20);
			expect(portal.isOpen).toBe(true);
			await pass(11 * minute);
			expect(portal.isOpen).toBe(false);
		}
	});
});

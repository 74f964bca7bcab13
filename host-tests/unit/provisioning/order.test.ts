// What comes at a bad moment: a network that is back while servers stop still, a choice on a portal that closes, an end in the midst of it.

import { describe, expect, test } from "@jest/globals";
import { decodeCredentials } from "provisioning/credentials";
import { air, tell } from "../../programs/provisioning/wifi";
import { eachHasItsLamp, home, lamp, minute, pass, portal } from "./lamp";

const attic = { ssid: "Attic", password: "correct horse" };
const connects = () => air.calls.filter(call => call.startsWith("connect "));

eachHasItsLamp();

describe("Z16 a network that was just chosen", () => {
	/** The portal is open since the network was away, and an attempt to join that is on its way. */
	async function whileItIsTried(): Promise<void> {
		air.networks = [];
		lamp.start({ reopenAfter: 5 * minute });
		await pass(5 * minute + 5000);
		expect(portal.isOpen).toBe(true);
		air.networks = [home, attic];
		const before = connects().length;
		while (connects().length === before) await pass(10);
	}

	test("the former one is back at that moment: the portal stays, and the chosen one is joined", async () => {
		await whileItIsTried();
		lamp.provisioner.join(attic);
		await pass(minute);
		expect([portal.isOpen, lamp.provisioner.progress.phase]).toEqual([true, "joined"]);
		expect(decodeCredentials(lamp.stored)).toEqual(attic);
		await pass(11 * minute);
		expect([portal.isOpen, lamp.heard]).toEqual([false, ["portal", "closed", "online"]]);
	});

	test("the portal closes meanwhile: it is not joined", async () => {
		await whileItIsTried();
		portal.closeTime = 5000;
		await pass(2000);
		lamp.provisioner.join(attic);
		await pass(minute);
		expect([lamp.provisioner.online, connects().at(-1), lamp.heard]).toEqual([
			true,
			"connect Home correct horse",
			["portal", "closed", "online"]
		]);
	});

	test("all is forgotten while networks are looked for still: it is not joined", async () => {
		air.delay = 3000;
		lamp.stored = undefined;
		lamp.start();
		await pass(100);
		lamp.provisioner.join(attic);
		await pass(1000);
		lamp.provisioner.forget();
		await pass(minute);
		air.delay = 50;
		expect([connects(), lamp.provisioner.configured, portal.isOpen]).toEqual([[], false, true]);
	});
});

describe("Z16 a portal that was opened beside the network", () => {
	test("another network is joined, although leaving the former one is told as a failure", async () => {
		lamp.start();
		await pass(1000);
		void lamp.provisioner.open();
		await pass(1000);
		air.networks = [home, attic];
		lamp.provisioner.join(attic);
		await pass(5000);
		expect([lamp.provisioner.progress.phase, decodeCredentials(lamp.stored)]).toEqual(["joined", attic]);
	});

	test("who looks at the result again and again does not keep it open", async () => {
		lamp.stored = undefined;
		lamp.start();
		await pass(1000);
		lamp.provisioner.join(home);
		await pass(5000);
		for (let at = 0; at < 5; at++) {
			lamp.provisioner.shown();
			await pass(minute / 2);
		}
		expect(lamp.heard).toEqual(["portal", "closed", "online"]);
	});

	test("an attempt that was not answered ends at the radio too, which would go on by itself", async () => {
		air.networks = [{ ...attic, manner: "silent" }];
		lamp.stored = undefined;
		lamp.start();
		await pass(1000);
		lamp.provisioner.join(attic);
		await pass(minute);
		expect([lamp.provisioner.progress.problem, air.calls.at(-1)]).toEqual(["timeout", "disconnect"]);
	});
});

describe("Z16 the end", () => {
	test("in the midst of a portal's end: it waits for that, and nothing is joined behind it", async () => {
		air.networks = [];
		lamp.start({ reopenAfter: 5 * minute });
		await pass(6 * minute);
		portal.closeTime = 5000;
		await pass(10 * minute - minute + 1000);
		const before = connects().length;
		let isClosed = false;
		void lamp.provisioner.close().then(() => {
			isClosed = true;
		});
		await pass(1000);
		expect([isClosed, portal.isOpen]).toEqual([false, true]);
		await pass(60 * minute);
		expect([isClosed, portal.isOpen, connects().length]).toEqual([true, false, before]);
	});

	test("while a network is looked for: it is not looked for any more", async () => {
		air.networks = [];
		lamp.start();
		await pass(5000);
		const closed = lamp.provisioner.close();
		tell("disconnect", 0);
		const before = connects().length;
		await pass(60 * minute);
		await closed;
		expect(connects().length).toBe(before);
	});
});

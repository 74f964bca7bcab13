// When a device that has credentials opens its portal by itself, and when it does not: hours, on jest's clock.

import { beforeEach, describe, expect, test } from "@jest/globals";
import type { ProvisionerOptions } from "provisioning/options";
import { air, tell } from "../../programs/provisioning/wifi";
import { eachHasItsLamp, home, lamp, minute, pass, portal } from "./lamp";

const hour = 60 * minute;
let heard: string[];
const make = (more: Partial<ProvisionerOptions> = {}) => lamp.start(more);
const connects = () => air.calls.filter(call => call.startsWith("connect ")).length;

eachHasItsLamp();
beforeEach(() => {
	heard = lamp.heard;
});

describe("Z16 a network that is away", () => {
	test("for a minute, an hour or a day, as when somebody jams it, opens nothing; it is looked for all the time", async () => {
		make();
		await pass(1000);
		air.networks = [];
		tell("disconnect", 0);
		await pass(24 * hour);
		expect([portal.isOpen, heard]).toEqual([false, ["online", "offline"]]);
		expect(connects()).toBeGreaterThan(24 * 60 - 60);
		air.networks = [home];
		await pass(2 * minute);
		expect(heard).toEqual(["online", "offline", "online"]);
	});

	test("and was so at the start: nothing opens either", async () => {
		air.networks = [];
		make();
		await pass(hour);
		expect([portal.isOpen, heard]).toEqual([false, []]);
		air.networks = [home];
		await pass(2 * minute);
		expect(heard).toEqual(["online"]);
	});

	test("the pauses between attempts grow to a minute, and are short again once it was there", async () => {
		make();
		await pass(1000);
		air.networks = [];
		tell("disconnect", 0);
		const counts: number[] = [];
		for (let at = 0; at < 4; at++) {
			const before = connects();
			await pass(minute);
			counts.push(connects() - before);
		}
		expect(counts).toEqual([4, 1, 1, 1]);
		air.networks = [home];
		await pass(2 * minute);
		air.networks = [];
		tell("disconnect", 0);
		const before = connects();
		await pass(minute);
		expect(connects() - before).toBe(4);
	});

	test("reopenAfter: the portal opens after that, and closes when the network is back", async () => {
		make({ reopenAfter: 10 * minute });
		await pass(1000);
		air.networks = [];
		tell("disconnect", 0);
		await pass(9 * minute);
		expect(portal.isOpen).toBe(false);
		await pass(2 * minute);
		expect([portal.isOpen, heard]).toEqual([true, ["online", "offline", "portal"]]);
		air.networks = [home];
		await pass(2 * minute);
		expect([portal.isOpen, heard.slice(3)]).toEqual([false, ["closed", "online"]]);
	});

	test("reopenAfter counts from the loss on: a network that comes and goes opens nothing", async () => {
		make({ reopenAfter: 10 * minute });
		for (let at = 0; at < 10; at++) {
			air.networks = [];
			tell("disconnect", 0);
			await pass(6 * minute);
			air.networks = [home];
			await pass(2 * minute);
		}
		expect(heard).not.toContain("portal");
	});

	test("who uses the portal is not disturbed by attempts", async () => {
		air.networks = [];
		make({ reopenAfter: 5 * minute });
		await pass(6 * minute);
		expect(portal.isOpen).toBe(true);
		const before = connects();
		for (let at = 0; at < 20; at++) {
			lamp.provisioner.used();
			await pass(minute / 2);
		}
		expect(connects()).toBe(before);
		await pass(3 * minute);
		expect(connects()).toBeGreaterThan(before);
	});

	test("a portal that nobody uses closes after ten minutes, and opens again after as long as before", async () => {
		air.networks = [];
		make({ reopenAfter: 30 * minute });
		await pass(31 * minute);
		expect(portal.isOpen).toBe(true);
		await pass(10 * minute);
		expect(portal.isOpen).toBe(false);
		await pass(31 * minute);
		expect(portal.isOpen).toBe(true);
	});
});

// A device's name where others are hostile, and where something fails.

import { expect, jest, test } from "@jest/globals";
import { device, eachHasItsDevice, minute, second } from "./device";

eachHasItsDevice();

const numbered = [2, 3, 4, 5, 6, 7, 8, 9].map(number => `lamp-${number}`);

test("Z15 a device that takes every name costs nine questions a round, and no certificates", () => {
	for (const label of ["lamp", ...numbered]) device.taken.add(label);
	const name = device.start();
	jest.advanceTimersByTime(24 * 60 * minute);
	expect(device.tried.length).toBeLessThan(40 * 9);
	expect([name.isClaimed, device.issued, name.host]).toEqual([false, [], "lamp.local"]);
	device.taken.clear();
	jest.advanceTimersByTime(2 * 60 * minute);
	expect(name.isClaimed).toBe(true);
});

test("Z15 a device that takes each name once it is held gets few certificates", () => {
	const name = device.start();
	for (let i = 0; i < 24 * 60; i++) {
		jest.advanceTimersByTime(minute);
		if (name.isClaimed) device.lose();
		if (device.taken.size > 8) device.taken.clear();
	}
	// 10 minutes after the first, then 20, 40 …
	expect(device.issued.length).toBeGreaterThan(3);
	expect(device.issued.length).toBeLessThan(10);
	// Once that is over for a day, the next one comes at once.
	device.taken.clear();
	jest.advanceTimersByTime(72 * 60 * minute);
	const { length } = device.issued;
	device.lose();
	jest.advanceTimersByTime(minute);
	expect([name.isClaimed, device.issued.length]).toEqual([true, length + 1]);
});

test("Z15 no certificate, no name: the device is found by its address alone, and tries again", () => {
	device.taken.add("lamp");
	device.issueFault = new Error("no memory");
	const name = device.start();
	jest.advanceTimersByTime(3 * second);
	expect([name.isClaimed, name.host, device.claimed, device.advertised]).toEqual([false, "lamp.local", undefined, []]);
	expect(device.errors).toEqual(["Error: no memory"]);
	jest.advanceTimersByTime(9 * minute);
	expect(device.issued).toEqual(["lamp-2"]);
	device.issueFault = undefined;
	jest.advanceTimersByTime(60 * minute);
	expect([name.isClaimed, name.host]).toEqual([true, "lamp-2.local"]);
});

test("Z15 a certificate that was made but not served does not stay while the device has another name", () => {
	device.taken.add("lamp");
	const name = device.start();
	const update = jest.spyOn(device.identity, "update").mockImplementationOnce(told => {
		device.certified = told.name;
		throw new Error("onChange");
	});
	jest.advanceTimersByTime(3 * second);
	expect([name.isClaimed, device.certified, name.label]).toEqual([false, "lamp-2", "lamp"]);
	device.taken.delete("lamp");
	jest.advanceTimersByTime(60 * minute);
	update.mockRestore();
	expect([name.isClaimed, name.label]).toEqual([true, device.certified]);
});

test("Z15 what throws is told, and tried again", () => {
	device.openFault = "no socket";
	const name = device.start();
	jest.advanceTimersByTime(3 * minute);
	expect(new Set(device.errors)).toEqual(new Set(["Error: no socket"]));
	device.openFault = undefined;
	jest.advanceTimersByTime(10 * minute);
	expect(name.isClaimed).toBe(true);
});

test("Z15 a store that fails: the name holds until a restart", () => {
	device.taken.add("lamp");
	const name = device.start();
	device.store.write = () => {
		throw new Error("full");
	};
	jest.advanceTimersByTime(5 * second);
	expect([name.isClaimed, name.label, device.errors]).toEqual([true, "lamp-2", ["Error: full"]]);
});

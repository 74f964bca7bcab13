// A device's name in step with its certificate.

import { expect, jest, test } from "@jest/globals";
import { device, eachHasItsDevice, minute, second } from "./device";

eachHasItsDevice();

test("Z15 a free name needs no other certificate", () => {
	const name = device.start();
	expect([name.isClaimed, name.host]).toEqual([false, "lamp.local"]);
	jest.advanceTimersByTime(second);
	expect([name.isClaimed, device.issued, device.advertised]).toEqual([true, [], ["lamp._https._tcp"]]);
	name.close();
	expect([name.isClaimed, device.claimed, device.advertised]).toEqual([false, undefined, []]);
});

test("Z15 a conflict renames both, and after a restart the name is the same", () => {
	device.taken.add("lamp").add("lamp-2");
	const name = device.start();
	jest.advanceTimersByTime(5 * second);
	expect([device.tried, device.issued, name.isClaimed]).toEqual([["lamp", "lamp-2", "lamp-3"], ["lamp-3"], true]);
	expect([name.host, name.hosts]).toEqual(["lamp-3.local", ["lamp-3.local", "lamp-3"]]);
	name.close();
	device.taken.delete("lamp");
	const same = device.start();
	jest.advanceTimersByTime(second);
	expect([device.tried, device.issued, same.isClaimed]).toEqual([["lamp-3"], ["lamp-3"], true]);
});

test("Z15 another conflict after a restart: the next number, and behind the last one the first name", () => {
	device.taken.add("lamp");
	device.start();
	jest.advanceTimersByTime(5 * second);
	device.name.close();
	device.taken.delete("lamp");
	for (let number = 2; number <= 9; number++) device.taken.add(`lamp-${number}`);
	const name = device.start();
	jest.advanceTimersByTime(20 * second);
	expect(device.tried).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map(number => `lamp-${number}`).concat("lamp"));
	expect([name.host, name.isClaimed, device.issued]).toEqual(["lamp.local", true, ["lamp-2", "lamp"]]);
});

test("Z15 a name that is lost later is followed by the next", () => {
	const name = device.start();
	jest.advanceTimersByTime(second);
	device.lose();
	expect([name.isClaimed, device.advertised, device.claimed]).toEqual([false, [], undefined]);
	jest.advanceTimersByTime(3 * second);
	expect([name.host, device.issued, device.advertised]).toEqual(["lamp-2.local", ["lamp-2"], ["lamp-2._https._tcp"]]);
});

test("Z15 the network goes and comes back, with another address too", () => {
	const name = device.start();
	jest.advanceTimersByTime(second);
	device.address = undefined;
	jest.advanceTimersByTime(5 * second);
	expect([name.isClaimed, device.claimed, device.advertised]).toEqual([false, undefined, []]);
	jest.advanceTimersByTime(60 * minute);
	expect(device.tried).toEqual(["lamp"]);
	device.address = "10.0.0.7";
	name.check();
	jest.advanceTimersByTime(second);
	expect([name.isClaimed, device.claimed?.address, device.issued]).toEqual([true, "10.0.0.7", []]);
});

test("Z15 a certificate for one name alone: no other is taken", () => {
	device.taken.add("lamp");
	const name = device.start(undefined);
	name.start(undefined, []);
	jest.advanceTimersByTime(60 * minute);
	expect(new Set(device.tried)).toEqual(new Set(["lamp"]));
	device.taken.clear();
	jest.advanceTimersByTime(60 * minute);
	expect(name.isClaimed).toBe(true);
});

const longest = "x".repeat(32);

test("Z15 names that no device can have", () => {
	for (const wrong of [
		"",
		"-a",
		"a-",
		"a.b",
		"lamp.local",
		"lämp",
		"a_b",
		"a b",
		"xn--bcher-kva",
		"ab--c",
		`${longest}x`
	])
		expect(() => device.make(wrong)).toThrow(RangeError);
	expect(device.make(longest).otherLabels.at(-1)).toBe(`${longest}-9`);
	expect([device.make("Lamp-2").label, device.make("Lamp-2").otherLabels[0]]).toEqual(["lamp-2", "lamp-2-2"]);
});

test("Z15 a store that says nothing of use", () => {
	for (const text of ["{", "null", '{"label":"torch-2"}', '{"label":7}']) {
		device.stored = Object.assign(new Uint8Array(Buffer.from(text)), { sequence: 1 });
		expect(device.make("lamp").label).toBe("lamp");
	}
});

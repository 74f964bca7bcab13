import { describe, expect, test } from "@jest/globals";
import { contains, encodeConstraints, encodeNames, hasNames, permitsAddress, permitsHosts } from "identity/issue/names";

describe("Z5 addresses", () => {
	test.each([
		["192.168.1.20", "8704c0a80114"],
		["fe80::1:2", "8710fe800000000000000000000000010002"],
		["fe80::1%wlan0", "8710fe800000000000000000000000000001"]
	])("Z5 %s", (text, hex) => expect(Buffer.from(encodeNames([], [text])).toString("hex")).toBe(hex));

	test.each(["", "1.2.3", "01.2.3.4", "device.local", "1:2%eth0"])("Z5 %j is refused", text =>
		expect(() => encodeNames([], [text])).toThrow(RangeError)
	);
});

test("Z5 names are found in what they were encoded into, and others are not", () => {
	const der = new Uint8Array(encodeNames(["device.local", "device"], ["10.0.0.1", "::1"]));
	expect(hasNames(der, ["device"], ["::1"])).toBe(true);
	expect(hasNames(der, ["device.loc"], [])).toBe(false);
	expect(hasNames(der, [], ["10.0.0.2"])).toBe(false);
	expect(contains(der, der.slice(-6))).toBe(true);
	expect(contains(der.slice(0, -1), der.slice(-6))).toBe(false);
});

test("Z5 constraints permit private addresses, and a public one only to the device that has it", () => {
	const hex = (...addresses: string[]) => Buffer.from(encodeConstraints(["device"], addresses)).toString("hex");
	expect(hex("192.168.1.1", "fd00::1", "127.0.0.1", "172.31.0.1")).toBe(hex());
	expect(hex("203.0.113.9")).toContain("cb007109ffffffff");
	expect(hex("172.32.0.1")).not.toBe(hex());
	expect(hex()).toContain(Buffer.from("\x82\x06device", "latin1").toString("hex"));
});

test("Z5 what a CA permits is read from its constraints", () => {
	const ca = new Uint8Array(encodeConstraints(["device.local", "device"], ["203.0.113.9"]));
	expect(permitsHosts(ca, ["device", "device.local"])).toBe(true);
	expect(permitsHosts(ca, ["device", "lamp.local"])).toBe(false);
	for (const address of ["192.168.9.9", "fd00::9", "203.0.113.9"]) expect(permitsAddress(ca, address)).toBe(true);
	for (const address of ["203.0.113.8", "2001:db8::1"]) expect(permitsAddress(ca, address)).toBe(false);
});

import { describe, expect, test } from "@jest/globals";
import { toHosts } from "identity/hosts";

describe("Z5 host names", () => {
	test.each([
		["device", ["device.local", "device"]],
		["Device.local", ["device.local", "device"]],
		["lamp.example.org", ["lamp.example.org", "lamp.local"]],
		["a-1", ["a-1.local", "a-1"]]
	])("Z5 %s", (name, hosts) => expect(toHosts(name)).toEqual(hosts));

	test.each([
		"",
		".",
		"a..b",
		"-a",
		"a-",
		"a_b",
		"a b",
		"a,CN=b",
		"ä",
		"a".repeat(64),
		`${"a.".repeat(127)}`,
		"x.local.",
		"192.168.1.20"
	])("Z5 %j is refused", name => expect(() => toHosts(name)).toThrow(RangeError));
});

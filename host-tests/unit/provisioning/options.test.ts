// What a Provisioner is given.

import { describe, expect, test } from "@jest/globals";
import type { ProvisionerOptions } from "provisioning/options";
import { Provisioner } from "./lamp";

describe("Z16 options", () => {
	const options = { store: { read: () => undefined, write() {}, remove() {} }, link: "x", onOnline() {} };
	const accessPoint = { ssid: "Lamp", password: "printed-on-it" };
	test.each([
		[{ ...options }, "Provisioner needs accessPoint"],
		[{ ...options, accessPoint: { ssid: "Lamp" } }, "password of the access point has 8 to 63 bytes"],
		[{ ...options, accessPoint: { ssid: "Lamp", password: "short" } }, "password of the access point"],
		[{ ...options, accessPoint: { ssid: "", password: false } }, "ssid of the access point"],
		[{ ...options, accessPoint: { ...accessPoint, channel: 14 } }, "channel is a whole number from 1 to 13"],
		[{ ...options, accessPoint, reopenAfter: 60_000 }, "reopenAfter is a whole number from 300000"],
		[
			{ ...options, accessPoint: { ssid: "Lamp", password: false }, reopenAfter: 600_000 },
			"not for an open access point"
		],
		[{ ...options, accessPoint, address: "lamp.local" }, "address is no IPv4 address"],
		[{ ...options, accessPoint, address: "192.168..1" }, "address is no IPv4 address"],
		[{ ...options, accessPoint, address: "192.168.04.1" }, "address is no IPv4 address"],
		[
			{ ...options, accessPoint: { ssid: "Lamp", password: "0".repeat(64) } },
			"password of the access point has 8 to 63"
		],
		[{ ...options, accessPoint, limits: { doneTme: 1 } }, "limits has no option doneTme"],
		[{ ...options, accessPoint, limits: { doneTime: 0 } }, "doneTime is a whole number"],
		[{ ...options, accessPoint, links: "y" }, "Provisioner has no option links"]
	])("%j: %s", (wrong, message) => {
		expect(() => new Provisioner(wrong as unknown as ProvisionerOptions)).toThrow(message);
	});
});

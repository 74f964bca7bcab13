// A TLSContext on the device-sized desk: it once took 7.5 kB of an ESP32-C3's XS memory, in RegExps and tables that were not in flash.

import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { identityFolder } from "../identities";

test("a TLSContext keeps at most 256 bytes of slots", async () => {
	const main = "host-tests/desk/programs/device/context-slots.js";
	const desk = startDesk({ variant: "device", platform: "esp32c3", main, resources: [identityFolder] });
	const { code } = await desk.exit;
	expect([code, desk.output]).toEqual([0, expect.stringMatching(/^\d+\n$/)]);
	const kept = Number(/^(\d+)\n/.exec(desk.output)?.[1]);
	expect(kept).toBeGreaterThan(0);
	expect(kept).toBeLessThanOrEqual(256);
});

// What a device does over the years, with its timers and clock in the test's hands; and what a power cut leaves.

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { type Desk, startDesk } from "../desk";

const out = folder();

describe("Z5 the timer that renews the certificate", () => {
	let desk: Desk;
	const told = (name: string) => JSON.parse(new RegExp(`^${name} (.*)$`, "m").exec(desk.output)?.[1] as string);
	beforeAll(async () => {
		desk = startDesk({ main: "build/js/host-tests/programs/identity/device-watch.js" });
		expect(await desk.exit).toMatchObject({ code: 0 });
	});
	afterAll(() => desk.stop());

	test("Z5 an onChange that throws is called again, and one timer is set at most", () =>
		expect(told("change")).toEqual({
			afterThrow: { calls: 1, timers: 1 },
			afterRetry: { calls: 2, timers: 1 },
			calls: 2,
			left: 0
		}));

	test("Z5 an onRequest that throws in the constructor leaves no timer behind", () =>
		expect(told("request")).toEqual({ error: "Error: nobody there", timers: 0 }));

	test.each([
		["today", "now", 0, true],
		["at the end of 2049, where the CA ends", "end", 0, true],
		["past 2049", "later", 0, true]
	])("Z5 a clock that shows %s: the certificate is valid and made once", (_, name, writes, ca) =>
		expect(told(name)).toEqual({ writes, valid: true, ca })
	);

	test("Z5 a clock past the year 9999 counts as not set", () =>
		expect(told("never")).toMatchObject({ writes: 0, ca: true }));

	test("Z5 a clock that was set wrongly and is corrected: renewed at the next check", () =>
		expect([2026, 2027]).toContain(told("corrected")));

	test("Z5 an unknown signer is refused", () =>
		expect(desk.output).toContain('signer RangeError: signer is "Self": it must be "authority", "self" or "other"'));
});

test("E2 Z5 power cut within a call of the SDK: the former value or the new one is read", async () => {
	const config = { folder: out, preferences: out };
	const desk = startDesk({ main: "build/js/host-tests/programs/identity/store-cuts.js", config });
	expect(await desk.exit).toMatchObject({ code: 0 });
	expect(desk.output).toContain("preferences [null,null,1,1,1,2,2,2,3,3,3,4]");
	expect(desk.output).toContain("files [2,2,4]");
	expect(desk.output).not.toContain("did not fail");
});

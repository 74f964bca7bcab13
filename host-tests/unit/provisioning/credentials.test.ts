// Names and passwords of networks, and how they are written.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeCredentials, encodeCredentials, findProblem } from "provisioning/credentials";

describe("Z16 credentials", () => {
	test.each([
		["", undefined, "ssid"],
		["n".repeat(32), undefined, undefined],
		["n".repeat(33), undefined, "ssid"],
		["ü".repeat(16), undefined, undefined],
		["ü".repeat(17), undefined, "ssid"],
		["a\tb", undefined, "ssid"],
		["a\u0085b", undefined, "ssid"],
		["a\u200fb", undefined, "ssid"],
		["a\u2028b", undefined, "ssid"],
		["nepo ,\u202egnorts", undefined, "ssid"],
		["a\u2066b", undefined, "ssid"],
		["a\u2069b", undefined, "ssid"],
		["a\u00a0b\u200d\u2070", undefined, undefined],
		["בית", undefined, undefined],
		["Home", "1234567", "passphrase"],
		["Home", "12345678", undefined],
		["Home", "x".repeat(63), undefined],
		["Home", "x".repeat(64), "passphrase"],
		["Home", "aF09".repeat(16), undefined],
		["Home", "0".repeat(65), "passphrase"],
		["Home", "pass\u0000word", "passphrase"],
		["Home", "grün und blau", undefined]
	])("%j with %j: %s", (ssid, password, problem) => {
		expect(findProblem(password === undefined ? { ssid } : { ssid, password })).toBe(problem);
	});

	test("are read back as they were written, and anything else is none", () => {
		const credentials = { ssid: "Grün", password: "aF09".repeat(16) };
		expect(decodeCredentials(encodeCredentials(credentials))).toEqual(credentials);
		expect(decodeCredentials(encodeCredentials({ ssid: "Open" }))).toEqual({ ssid: "Open" });
		expect(decodeCredentials(undefined)).toBeUndefined();
		const whole = new Uint8Array(encodeCredentials(credentials));
		for (let length = 0; length < whole.length; length++) {
			const cut = decodeCredentials(whole.slice(0, length).buffer as ArrayBuffer);
			expect(cut === undefined || findProblem(cut) === undefined).toBe(true);
		}
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 120 }), bytes => {
				const read = decodeCredentials(bytes.slice().buffer as ArrayBuffer);
				return read === undefined || findProblem(read) === undefined;
			})
		);
	});
});

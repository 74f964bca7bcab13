// What is read of a form, beside what Node's URLSearchParams makes of it.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readField } from "provisioning/portal/form";

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const names = ["ssid", "other", "password"] as const;

describe("Z16 the form", () => {
	test("each value is what the browser was given", () => {
		const text = fc.string({ unit: "grapheme", maxLength: 40 });
		fc.assert(
			fc.property(text, text, text, (...values) => {
				const content = bytes(new URLSearchParams(names.map((name, at) => [name, values[at] as string])).toString());
				for (const [at, name] of names.entries()) expect(readField(content, name)).toBe(values[at]);
			})
		);
	});

	test.each([
		["", ""],
		["ssid", ""],
		["ssid=", ""],
		["xssid=a&ssid=b", "b"],
		["ssids=a&ssid=b", "b"],
		["a=ssid=x&&ssid=1=2&ssid=c", "1=2"],
		["ssid=a+b%2Bc%26d", "a b+c&d"],
		["ssid=%e2%82%AC", "€"]
	])("%s: %j", (content, value) => {
		expect(readField(bytes(content), "ssid")).toBe(value);
	});

	test.each(["ssid=%", "ssid=%4", "ssid=%4&x=1", "ssid=%zz", "ssid=%C3", "ssid=%ed%a0%80"])(
		"%s is refused",
		content => {
			expect(() => readField(bytes(content), "ssid")).toThrow("not percent-encoded UTF-8");
		}
	);

	test("cut anywhere, changed anywhere, or anything: a text, or refused", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 512 }), content => {
				try {
					const all = Uint8Array.from([...bytes2("ssid="), ...content]);
					expect(typeof readField(all.buffer as ArrayBuffer, "ssid")).toBe("string");
				} catch (error) {
					expect(String(error)).toContain("not percent-encoded");
				}
			})
		);
	});
});

const bytes2 = (text: string) => new Uint8Array(bytes(text));

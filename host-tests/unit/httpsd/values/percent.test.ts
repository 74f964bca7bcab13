import { expect, test } from "@jest/globals";
import { percentDecode, percentDecodeLoosely } from "httpsd/values/percent";
import { badUtf8, escaped, goodUtf8 } from "../../text/utf8-vectors";

test.each(goodUtf8)("decodes %s, in either case", (hex, text) => {
	expect([percentDecode(escaped(hex)), percentDecode(escaped(hex).toUpperCase())]).toEqual([text, text]);
});

test.each(badUtf8)("Z8 refuses %s", hex => {
	for (const text of [escaped(hex), `a${escaped(hex)}b`.toUpperCase()]) expect(percentDecode(text)).toBe(undefined);
});

test.each(["%", "%4", "%4g", "a%", "%%41", "%u0041"])("Z8 refuses the malformed escape in %s", text => {
	expect(percentDecode(text)).toBe(undefined);
});

test.each([
	["%", "%"],
	["100%", "100%"],
	["%4", "%4"],
	["%4g", "%4g"],
	["%g4", "%g4"],
	["%%41", "%A"],
	["%u0041", "%u0041"],
	["50% caf%C3%A9 %zz", "50% caf\u00e9 %zz"],
	["%00%", "\0%"]
])("a stray percent sign stands for itself: %j is %j", (text, expected) => {
	expect([percentDecodeLoosely(text), new URLSearchParams(`a=${text}`).get("a")]).toEqual([expected, expected]);
});

test.each(badUtf8)("Z8 beside a stray percent sign too, refuses %s", hex => {
	expect(percentDecodeLoosely(`%${escaped(hex)}`)).toBe(undefined);
});

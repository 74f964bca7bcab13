import { expect, test } from "@jest/globals";
import { percentDecode } from "httpsd/values/percent";
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

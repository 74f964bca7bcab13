import { describe, expect, test } from "@jest/globals";
import { replaceCharacters, replaceEvery } from "text/replace";

describe("Z12 what is replaced a few matches at a time", () => {
	const texts = ["", "a", "b", "ab", "\\\\\\", "?", "\u{1f600}"].flatMap(text =>
		[1, 31, 32, 33, 64, 65, 999, 3000].flatMap(count => [text.repeat(count), `${text.repeat(count)}x`])
	);

	test.each(["a", "ab", "\\\\", "??"])("is what replaceAll() makes of %s", what => {
		for (const text of texts) expect(replaceEvery(text, what, "12")).toBe(text.replaceAll(what, "12"));
	});

	test("a dollar sign has no meaning", () => {
		expect(replaceEvery("aba", "a", "$&")).toBe("$&b$&");
	});

	test("is what replace() makes of single characters, also of those that are two in UTF-16", () => {
		for (const text of texts)
			expect(replaceCharacters(text, "\0`b\x7f", () => "12")).toBe(text.replace(/[a\u{1f600}]/gu, "12"));
		const odd = `x${"\u{1f600}".repeat(100)}`;
		expect(replaceCharacters(odd, "xx", () => "_")).toBe(`x${"_".repeat(100)}`);
		expect(replaceCharacters(odd, "xx", character => character)).toBe(odd);
	});
});

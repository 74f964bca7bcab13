import { describe, expect, test } from "@jest/globals";
import Headers from "httpsd/headers";
import { evaluateConditions, hasTag, rangeApplies } from "httpsd/values/conditions";
import { formatDate, parseDate } from "httpsd/values/http-date";

const modified = Date.UTC(1994, 10, 6, 8, 49, 37);
const state = { etag: '"a"', modified: modified + 400 };
const date = (ms = 0) => formatDate(modified + ms);

function headers(fields: Record<string, string>): Headers {
	const result = new Headers();
	for (const [name, value] of Object.entries(fields)) result.set(name, value);
	return result;
}

describe("HTTP dates", () => {
	test.each([
		["Sun, 06 Nov 1994 08:49:37 GMT", modified],
		["Sunday, 06-Nov-94 08:49:37 GMT", modified],
		["Sun Nov  6 08:49:37 1994", modified],
		["Sun, 06 Nov 1994 08:49:37", undefined],
		["Sun, 06 Nov 1994 08:49:37 UTC", undefined],
		["sun, 06 nov 1994 08:49:37 gmt", undefined],
		["Sun, 31 Feb 1994 08:49:37 GMT", undefined],
		["Sun, 06 Nov 1994 24:00:00 GMT", undefined],
		["1994-11-06T08:49:37Z", undefined],
		["", undefined]
	])("B11 %s", (text, ms) => expect(parseDate(text)).toBe(ms));

	test("B11 a year of two digits is at most 50 years ahead", () => {
		const year = new Date().getUTCFullYear();
		const parsed = (ahead: number) =>
			new Date(
				parseDate(`Monday, 01-Jan-${String((year + ahead) % 100).padStart(2, "0")} 00:00:00 GMT`) ?? 0
			).getUTCFullYear();
		expect([parsed(49), parsed(50), parsed(51)]).toEqual([year + 49, year + 50, year - 49]);
	});
});

describe("conditional requests", () => {
	test.each([
		["GET", {}, "proceed"],
		["GET", { "if-none-match": '"a"' }, "not modified"],
		["HEAD", { "if-none-match": '"x", W/"a"' }, "not modified"],
		["GET", { "if-none-match": "*" }, "not modified"],
		["GET", { "if-none-match": '"b"' }, "proceed"],
		["GET", { "if-none-match": 'a, "a' }, "proceed"],
		["PUT", { "if-none-match": "*" }, "failed"],
		["PUT", { "if-none-match": '"b"' }, "proceed"],
		["GET", { "if-none-match": '"b"', "if-modified-since": date() }, "proceed"],
		["GET", { "if-modified-since": date() }, "not modified"],
		["GET", { "if-modified-since": date(1000) }, "not modified"],
		["GET", { "if-modified-since": date(-1000) }, "proceed"],
		["GET", { "if-modified-since": "yesterday" }, "proceed"],
		["POST", { "if-modified-since": date() }, "proceed"],
		["PUT", { "if-match": '"a"' }, "proceed"],
		["PUT", { "if-match": "*" }, "proceed"],
		["PUT", { "if-match": 'W/"a"' }, "failed"],
		["PUT", { "if-match": '"b", "c"' }, "failed"],
		["PUT", { "if-match": '"a"', "if-unmodified-since": date(-1000) }, "proceed"],
		["PUT", { "if-unmodified-since": date() }, "proceed"],
		["PUT", { "if-unmodified-since": date(-1000) }, "failed"],
		["PUT", { "if-unmodified-since": "never" }, "proceed"],
		["GET", { "if-match": '"a"', "if-none-match": '"a"' }, "not modified"]
	])("B11 %s with %j: %s", (method, fields, verdict) =>
		expect(evaluateConditions(method, headers(fields as Record<string, string>), state)).toBe(verdict)
	);

	test("B11 what does not exist matches nothing", () => {
		expect(evaluateConditions("PUT", headers({ "if-match": "*" }), undefined)).toBe("failed");
		expect(evaluateConditions("PUT", headers({ "if-none-match": "*" }), undefined)).toBe("proceed");
	});

	test.each([
		[{}, true],
		[{ "if-range": '"a"' }, true],
		[{ "if-range": 'W/"a"' }, false],
		[{ "if-range": '"b"' }, false],
		[{ "if-range": date() }, true],
		[{ "if-range": date(1000) }, false],
		[{ "if-range": "x" }, false]
	])("B11 If-Range %j: %s", (fields, applies) =>
		expect(rangeApplies(headers(fields as Record<string, string>), state)).toBe(applies)
	);

	test("B11 a weak tag is not even the same as itself where bytes count", () => {
		const weak = { etag: 'W/"a"' };
		expect(evaluateConditions("PUT", headers({ "if-match": 'W/"a"' }), weak)).toBe("failed");
		expect(evaluateConditions("GET", headers({ "if-none-match": 'W/"a"' }), weak)).toBe("not modified");
		expect(rangeApplies(headers({ "if-range": 'W/"a"' }), weak)).toBe(false);
	});

	test("B11 lists of entity tags", () => {
		const tagsOf = (list: string) => {
			const tags: string[] = [];
			const isWellFormed = hasTag(list, (opaque, isWeak) => tags.push(`${isWeak ? "W/" : ""}${opaque}`) < 0);
			return isWellFormed === undefined ? undefined : tags;
		};
		expect(tagsOf('"\u{fc}", "a,b"')).toEqual(["\u{fc}", "a,b"]);
		expect(tagsOf('"a",, W/"b" ,""')).toEqual(["a", "W/b", ""]);
		for (const bad of ["", "a", '"a" b', "'a'", '"b c"', 'w/"a"', '"a', '"a\tb"']) expect(tagsOf(bad)).toBeUndefined();
		expect(hasTag('"a", W/"b"', opaque => opaque === "a")).toBe(true);
		expect(hasTag('"a", W/"b"', opaque => opaque === "c")).toBe(false);
	});
});

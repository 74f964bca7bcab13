import { expect, test } from "@jest/globals";
import { parseJson } from "httpsd/json";
import { bytes } from "../harness";

test.each([
	['{"a":1,"b":{"a":2,"c":3},"c":[{"a":null},{"b":0}]}', { a: 1, b: { a: 2 } }],
	['[["lamp",true],{"a":{}}]', [["lamp", true], { a: {} }]],
	['"a"', "a"],
	["null", null],
	["{}", {}]
])("B11 of %s the properties a and b are taken over", (json, expected) => {
	expect(parseJson(json, ["a", "b"])).toEqual(expected);
	expect(parseJson(bytes(json), ["a", "b"])).toEqual(expected);
});

test("what is no JSON, no UTF-8, or too deep is 400, as text and as bytes", () => {
	for (const json of ["", "{a}", "[1,]", "\xff", "[".repeat(33), `${"[".repeat(33)}${"]".repeat(33)}`])
		expect(() => parseJson(bytes(json), [])).toThrow(expect.objectContaining({ status: 400 }));
	expect(() => parseJson("[[1]]", [], 1)).toThrow(expect.objectContaining({ status: 400, code: "BODY_JSON_DEPTH" }));
	expect(parseJson("[[1]]", [], 2)).toEqual([[1]]);
});

test("names are required, and an array's index is none", () => {
	for (const names of [undefined, null, "a", ["0"], ["a", "17"]])
		expect(() => parseJson("{}", names as string[])).toThrow(TypeError);
	expect(parseJson('{"01":1,"-1":2}', ["01", "-1"])).toEqual({ "01": 1, "-1": 2 });
});

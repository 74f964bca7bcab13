import { describe, expect, test } from "@jest/globals";
import { isDeeper } from "text/json-depth";
import { bytes } from "../httpsd/harness";

describe("how deep JSON nests", () => {
	test.each([
		["", 0],
		["1", 0],
		["[]", 1],
		['{"a":[{}]}', 3],
		["[[],[],[[]],[]]", 3],
		[`[${"[],".repeat(50)}{}]`, 2],
		['["[[[["]', 1],
		[String.raw`["\"[[[[", [], "\\", []]`, 2],
		[String.raw`["\\\"[[", "\\\\", [[]]]`, 3],
		['["[[', 1]
	])("B11 %s", (json, depth) => {
		expect(isDeeper(bytes(json), depth)).toBe(false);
		if (depth > 0) expect(isDeeper(bytes(json), depth - 1)).toBe(true);
	});
});

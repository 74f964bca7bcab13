import { describe, expect, test } from "@jest/globals";
import { fieldLimits } from "httpsd/limits";
import { chooseCoding } from "httpsd/values/quality";
import { contentRange, parseRanges } from "httpsd/values/range";

const { maxRanges } = fieldLimits;

describe("Range", () => {
	test.each([
		["bytes=0-0", [[0, 1]]],
		["bytes=0-9", [[0, 10]]],
		["bytes=0-10", [[0, 10]]],
		["bytes=8-", [[8, 10]]],
		["bytes=9-", [[9, 10]]],
		["bytes=10-", []],
		["bytes=11-12", []],
		["bytes=-1", [[9, 10]]],
		["bytes=-10", [[0, 10]]],
		["bytes=-11", [[0, 10]]],
		["bytes=-0", []],
		["BYTES=1-2", [[1, 3]]],
		[
			"bytes=0-1,5-6, -1",
			[
				[0, 2],
				[5, 7],
				[9, 10]
			]
		],
		["bytes=0-1,10-12", [[0, 2]]],
		["bytes=,0-1,", [[0, 2]]],
		["bytes=0-999999999999999999999999", [[0, 10]]],
		["bytes=99999999999999999999999-", []],
		["bytes=0-5,0-5", undefined],
		["bytes=5-4", undefined],
		["bytes=-", undefined],
		["bytes=", undefined],
		["bytes=a-b", undefined],
		["bytes=0-1;2-3", undefined],
		["bytes=+0-1", undefined],
		["bytes= 0 - 1", undefined],
		["bytes=0--1", undefined],
		["bytes 0-1", undefined],
		["lines=0-1", undefined],
		["", undefined]
	])("B11 %j of 10 bytes", (value, expected) =>
		expect(parseRanges(value, 10)?.map(({ start, end }) => [start, end])).toEqual(expected)
	);

	test("B11 of nothing there is no range; more than maxRanges are ignored", () => {
		for (const value of ["bytes=0-", "bytes=-1"]) expect(parseRanges(value, 0)).toEqual([]);
		const many = (count: number) => `bytes=${Array.from({ length: count }, (_, at) => `${at}-${at}`).join()}`;
		const counts = [maxRanges - 1, maxRanges, maxRanges + 1].map(count => parseRanges(many(count), 100)?.length);
		expect(counts).toEqual([maxRanges - 1, maxRanges, undefined]);
		expect(parseRanges(`bytes=0-1${",".repeat(63)}2-3`, 100)?.length).toBe(2);
		expect(parseRanges(`bytes=0-1${",".repeat(64)}2-3`, 100)).toBe(undefined);
	});

	test("B11 Content-Range", () => {
		expect(contentRange({ start: 0, end: 1 }, 10)).toBe("bytes 0-0/10");
		expect(contentRange(undefined, 10)).toBe("bytes */10");
	});
});

describe("Accept-Encoding", () => {
	test.each([
		[undefined, undefined],
		["", undefined],
		["gzip", "gzip"],
		["gzip, deflate, br, zstd", "br"],
		["br;q=0.5, gzip;q=0.8", "gzip"],
		["GZIP;Q=1.0", "gzip"],
		["br;q=0, gzip;q=0.001", "gzip"],
		["br;q=0", undefined],
		["*", "br"],
		["*;q=0", undefined],
		["identity, gzip;q=0.5", undefined],
		["gzip;q=0.5, identity;q=0.4", "gzip"],
		["gzip;q=2", undefined],
		["gzip;q=x", undefined],
		["xgzip", undefined]
	])("B11 %j chooses %s", (accepted, coding) => expect(chooseCoding(accepted, ["br", "gzip"])).toBe(coding));
});

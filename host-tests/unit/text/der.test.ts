import { describe, expect, test } from "@jest/globals";
import { childrenOf, readElement } from "text/der";

const read = (hex: string, start = 0) => {
	const bytes = Uint8Array.from(Buffer.from(hex, "hex"));
	return readElement(bytes, start, bytes.length);
};

describe("an element of DER", () => {
	test.each([
		["3000", 0, { tag: 0x30, start: 0, content: 2, end: 2 }],
		["05000401aa", 2, { tag: 0x04, start: 2, content: 4, end: 5 }],
		[`048180${"00".repeat(128)}`, 0, { tag: 0x04, start: 0, content: 3, end: 131 }],
		[`04820100${"00".repeat(256)}ff`, 0, { tag: 0x04, start: 0, content: 4, end: 260 }],
		["308400000000", 0, { tag: 0x30, start: 0, content: 6, end: 6 }]
	])("%s", (hex, start, element) => expect(read(hex, start)).toEqual(element));

	test.each([
		["nothing", ""],
		["a tag alone", "30"],
		["content that ends too soon", "3001"],
		["a length that ends too soon", "3082ff"],
		["an indefinite length", "30800000"],
		["a length that is negative where 32 bits have a sign", "3084ffffffff00"],
		["a length of five bytes", "30850000000000"]
	])("%s is refused", (_what, hex) => expect(() => read(hex)).toThrow(SyntaxError));
});

test("Z12 elements within one are listed where they are few", () => {
	const children = (count: number) => {
		const bytes = Uint8Array.from(
			Buffer.from(`30${(2 * count).toString(16).padStart(2, "0")}${"0500".repeat(count)}`, "hex")
		);
		return childrenOf(bytes, readElement(bytes, 0, bytes.length));
	};
	expect(children(16).map(({ start }) => start)).toEqual(Array.from({ length: 16 }, (_, at) => 2 + 2 * at));
	expect(() => children(17)).toThrow(SyntaxError);
});

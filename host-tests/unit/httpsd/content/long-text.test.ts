import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { LongText } from "httpsd/content/long-text";
import "../fuzz";

const text = fc.array(fc.constantFrom("a", "ä", "€", "😀"), { maxLength: 300 }).map(parts => parts.join(""));

test("Z12 a text that is cut while it is sent is sent whole, and holds no more than what is left", () => {
	fc.assert(
		fc.property(text, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), fc.nat(30), (whole, sizes, at) => {
			const long = new LongText(whole);
			const pieces: Buffer[] = [];
			for (let index = 0; long.byteLength > 0; index++) {
				if (index === at) long.cut();
				const max = sizes[index % sizes.length] as number;
				const piece = Buffer.from(long.next(max));
				expect(piece.length).toBeGreaterThan(0);
				expect(piece.length).toBeLessThanOrEqual(max);
				pieces.push(piece);
				if (index === at) expect(Buffer.byteLength(long.text)).toBeLessThanOrEqual(long.byteLength + piece.length + 4);
			}
			expect(Buffer.concat(pieces).equals(Buffer.from(whole))).toBe(true);
		})
	);
});

import { describe, expect, test } from "@jest/globals";
import Utf8Decoder, { decodeText, encodeText } from "text/utf8";
import { badUtf8, goodUtf8 } from "./utf8-vectors";

const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex")).buffer;

/** Decodes piece by piece; the number of pieces that were taken when it failed, or the text. */
function decodePieces(pieces: readonly ArrayBuffer[]): string | number {
	const decoder = new Utf8Decoder();
	let text = "";
	for (const [index, piece] of pieces.entries()) {
		const part = decoder.decode(piece);
		if (part === undefined) return index;
		text += part;
	}
	return decoder.complete ? text : pieces.length;
}

const bytewise = (bytes: ArrayBuffer) => Array.from(new Uint8Array(bytes), byte => Uint8Array.of(byte).buffer);

describe("Z8 UTF-8", () => {
	test.each(goodUtf8)("takes %s at every split", (hex, text) => {
		const bytes = fromHex(hex);
		expect(decodeText(bytes)).toBe(text);
		expect(decodePieces(bytewise(bytes))).toBe(text);
		for (let at = 0; at <= bytes.byteLength; at++)
			expect(decodePieces([bytes.slice(0, at), bytes.slice(at)])).toBe(text);
		expect(Buffer.from(encodeText(text))).toEqual(Buffer.from(bytes));
	});

	test.each(badUtf8)("refuses %s, byte by byte at byte %i", (hex, failsAt) => {
		const bytes = fromHex(hex);
		expect(decodeText(bytes)).toBe(undefined);
		expect(decodePieces(bytewise(bytes))).toBe(failsAt);
		for (let at = 0; at <= bytes.byteLength; at++)
			expect(typeof decodePieces([bytes.slice(0, at), bytes.slice(at)])).toBe("number");
	});

	test("agrees with Node on 20,000 random sequences", () => {
		const node = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
		const interesting = [
			0, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4, 0xf5
		];
		let seed = 1;
		const random = (below: number) => {
			seed = (seed * 1103515245 + 12345) & 0x7fffffff;
			return (seed >> 8) % below;
		};
		for (let round = 0; round < 20_000; round++) {
			const bytes = Uint8Array.from({ length: random(7) }, () => interesting[random(interesting.length)] as number);
			let expected: string | undefined;
			try {
				expected = node.decode(bytes);
			} catch {}
			expect(decodeText(bytes.buffer)).toBe(expected);
			expect(decodePieces(bytewise(bytes.buffer))).toEqual(expected ?? expect.any(Number));
		}
	});

	test("a lone surrogate is sent as U+FFFD", () => {
		expect(Buffer.from(encodeText("a\ud800b")).toString("hex")).toBe("61efbfbd62");
	});
});

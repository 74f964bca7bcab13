// Windows-1252, which is what browsers take ISO-8859-1 and US-ASCII for (WHATWG Encoding): each byte is a character.

import { asciiText } from "./ascii";

/** What 0x80 to 0x9F are; others are the character of that number. The five that are not assigned are as well. */
const upper =
	"\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

/** Bytes of memory that {@link decodeWindows1252} may take, for each byte of content. */
export const windows1252Room = 9;

/** The text of bytes, whatever they are. */
export const decodeWindows1252 = (bytes: ArrayBuffer): string => {
	const text = asciiText(bytes);
	if (text !== undefined) return text;
	const view = new Uint8Array(bytes);
	const pieces: string[] = [];
	// A text that grows is copied each time, so it grows by many at once.
	for (let at = 0; at < view.length; at += 64)
		pieces.push(String.fromCharCode(...Array.from(view.subarray(at, at + 64), codeOf)));
	return pieces.join("");
};

const codeOf = (byte: number): number => {
	return byte >= 0x80 && byte < 0xa0 ? upper.charCodeAt(byte - 0x80) : byte;
};

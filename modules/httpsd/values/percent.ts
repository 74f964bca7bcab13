import { checkEscapes, escapes } from "text/characters";
import { decodeText, encodeText } from "text/utf8";

/** Whether a text has a percent sign without two hexadecimal digits behind it, or an escaped NUL. */
export const hasBadEscape = (text: string): boolean => {
	return (checkEscapes(text) & (escapes.malformed | escapes.nul)) !== 0;
};

/** Takes percent-encoding (RFC 3986 §2.1) off a text; `undefined` when an escape is malformed or it is not UTF-8. */
export const percentDecode = (text: string): string | undefined => {
	if (!text.includes("%")) return text;
	if ((checkEscapes(text) & (escapes.malformed | escapes.notUtf8)) !== 0) return undefined;
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
};

const percent = 0x25;

/**
 * The same, but a percent sign without two hexadecimal digits behind it stands for itself. In place, since to replace by
 * a RegExp makes an object of each match.
 */
export const percentDecodeLoosely = (text: string): string | undefined => {
	const bytes = unescapeBytes(text, percent, true);
	return bytes && decodeText(bytes);
};

/** The bytes of a text in which two hexadecimal digits behind a mark of US-ASCII are one; `undefined` when it has others. */
export const decodeEscapes = (text: string, mark: string): ArrayBuffer | undefined => {
	return unescapeBytes(text, mark.charCodeAt(0), false);
};

/** @param mayStand whether a mark without two digits behind it stands for itself. */
const unescapeBytes = (text: string, mark: number, mayStand: boolean): ArrayBuffer | undefined => {
	const bytes = encodeText(text);
	const view = new Uint8Array(bytes);
	let length = 0;
	for (let at = 0; at < view.length; ) {
		const found = view.indexOf(mark, at);
		const end = found < 0 ? view.length : found;
		view.copyWithin(length, at, end);
		length += end - at;
		at = end;
		if (found < 0) break;
		const code = 16 * digitOf(view[at + 1]) + digitOf(view[at + 2]);
		if (code < 0 && !mayStand) return undefined;
		view[length++] = code >= 0 ? code : mark;
		at += code >= 0 ? 3 : 1;
	}
	return bytes.slice(0, length);
};

/** The value of a hexadecimal digit; so negative for anything else that what it is part of is, too. */
const digitOf = (code = 0): number => {
	if (code >= 0x30 && code <= 0x39) return code - 0x30;
	const letter = code | 0x20;
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -256;
};

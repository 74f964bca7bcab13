// Character rules of RFC 9110 §5.5 and §5.6. Each is a native call or a few: XS interprets loops, which cost 900
// instructions a byte. And nothing is replaced to see what is left: see `text/replace`.

import { hasOnly } from "./characters";
import { replaceEvery } from "./replace";

/** Digits of which every number is a safe integer. */
const safeDigits = 15;
const kelvin = "\u212a";
/** A character that no field has. */
const control = "\x01";

/** Whether `text` is a token: a method, a field name, a coding. */
export const isToken = (text: string): boolean => {
	return text !== "" && hasOnly(text, "!!#'*+-.09AZ^z||~~", false);
};

/**
 * Whether `text` has no control character but HTAB: a field value, or several. Characters above 0x7F are obs-text, but
 * for lone surrogates, which have no UTF-8.
 */
export const isFieldText = (text: string): boolean => {
	return hasOnly(text, "\t\t ~", true);
};

/** Whether `text` is visible US-ASCII only, without spaces; it may be empty. */
export const isVisible = (text: string): boolean => {
	return hasOnly(text, "!~", false);
};

/** Whether `text` is visible US-ASCII and spaces only; it may be empty. */
export const isPrintable = (text: string): boolean => {
	return hasOnly(text, " ~", false);
};

/** Whether one of the characters stands in `text`. */
export const hasAny = (text: string, characters: string): boolean => {
	for (let index = 0; index < characters.length; index++) if (text.includes(characters[index] as string)) return true;
	return false;
};

/** Takes SP and HTAB away at both ends, and nothing else that `trim()` would. */
export const trimSpace = (text: string): string => {
	const trimmed = text.trim();
	if (trimmed.length === text.length) return text;
	// To trim the start alone would be one more copy of what may be long.
	const start = text.indexOf(trimmed);
	const before = text.slice(0, start);
	const behind = text.slice(start + trimmed.length);
	if (isSpace(before) && isSpace(behind)) return trimmed;
	return withoutSpace(text);
};

/** Whether `text` is nothing but SP and HTAB; it may be empty. */
export const isSpace = (text: string): boolean => {
	return text === "" || text === " " || hasOnly(text, "\t\t  ", false);
};

/** In bytes, since XS counts from the start of a text to find a character. */
const withoutSpace = (text: string): string => {
	const bytes = new Uint8Array(ArrayBuffer.fromString(text));
	let start = 0;
	let end = bytes.length;
	while (start < end && isSpaceCode(bytes[start])) start++;
	while (start < end && isSpaceCode(bytes[end - 1])) end--;
	return text.slice(start, text.length - (bytes.length - end));
};

const isSpaceCode = (code: number | undefined): boolean => {
	return code === 0x20 || code === 0x09;
};

/** Whether `text` is one or more decimal digits. */
export const isDigits = (text: string): boolean => {
	return text !== "" && hasOnly(text, "09", false);
};

/** The value of 1 to 15 decimal digits; `undefined` for anything else: a sign, a space, an exponent, more digits. */
export const parseDecimal = (text: string): number | undefined => {
	if (text.length > safeDigits) return undefined;
	const value = Number(text);
	// As nearly every number is written; those with leading zeros are not.
	if (value >= 0 && Number.isInteger(value) && String(value) === text) return value;
	return isDigits(text) ? value : undefined;
};

/** The text in lower case, by US-ASCII's letters: to JavaScript the Kelvin sign is a k, and so in `chunked`. */
export const lowerCase = (text: string): string => {
	if (!text.includes(kelvin)) return text.toLowerCase();
	return replaceEvery(replaceEvery(text, kelvin, control).toLowerCase(), control, kelvin);
};

/** The text of bytes that are all US-ASCII; `undefined` when one is not. XS refuses a NUL as well. */
export const asciiText = (bytes: ArrayBuffer): string | undefined => {
	try {
		const text = String.fromArrayBuffer(bytes);
		return text.length === bytes.byteLength ? text : undefined;
	} catch {
		return undefined;
	}
};

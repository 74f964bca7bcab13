// Names as programs write them into a form: RFC 7578 §4.2, and what some use against it (RFC 8187, RFC 2047).

import { decodeBase64 } from "text/base64";
import { replaceCharacters, replaceEvery } from "text/replace";
import { fieldLimits } from "../limits";
import { decodeCharset } from "./charset";
import { decodeEscapes } from "./percent";

/** A character that no field has. */
const backslash = "\x01";

/** A quoted value without its escapes: `\"` and `\\` of curl, Go and Java, and the three that browsers write by percent signs. */
export const unescapeName = (quoted: string): string => {
	let name = quoted;
	for (const [escaped, character] of escapes) name = replaceEvery(name, escaped, character);
	return name;
};

/** In that order: a backslash that is escaped escapes nothing. */
const escapes = Object.freeze(
	[
		["\\\\", backslash],
		['\\"', '"'],
		[backslash, "\\"],
		["%22", '"'],
		["%0D", "\r"],
		["%0A", "\n"]
	] as const,
	true
);

/** A value such as `UTF-8''na%C3%AFve.txt` (RFC 8187 §3.2); `undefined` when it is none, or of another charset. */
export const decodeExtended = (value: string): string | undefined => {
	const charset = value.indexOf("'");
	const language = charset < 0 ? -1 : value.indexOf("'", charset + 1);
	const bytes = language < 0 ? undefined : decodeEscapes(value.slice(language + 1), "%");
	return bytes && decodeCharset(value.slice(0, charset), bytes);
};

/** A value that is encoded words and nothing else, such as `=?utf-8?B?w6Q=?=` of .NET (RFC 2047); else as it is. */
export const decodeWords = (value: string): string => {
	if (!value.startsWith("=?") || !value.endsWith("?=")) return value;
	let charset: string | undefined;
	let whole = new ArrayBuffer(0);
	const words = value.split(" ", fieldLimits.maxWords + 1);
	if (words.length > fieldLimits.maxWords) return value;
	for (const word of words) {
		const [start, name = "", coding = "", text = "", end, ...more] = word.split("?", 6);
		if (start !== "=" || end !== "=" || more.length > 0 || (charset ?? name) !== name) return value;
		charset = name;
		const bytes = wordBytes(coding.toLowerCase(), text);
		if (bytes === undefined) return value;
		// A character may begin in one word and end in the next.
		whole = whole.concat(bytes);
	}
	return decodeCharset(charset ?? "", whole) ?? value;
};

const wordBytes = (coding: string, text: string): ArrayBuffer | undefined => {
	if (coding === "b") return decodeBase64(text)?.buffer as ArrayBuffer | undefined;
	return coding === "q" ? decodeEscapes(replaceEvery(text, "_", " "), "=") : undefined;
};

/**
 * The path that a file's name is, of folders and a name, relative to any folder and within it: without drives, roots and
 * segments that are empty or only dots and blanks; control characters become `_`. Empty when nothing is left.
 */
export const safePath = (name: string): string => {
	const text = replaceEvery(name, "\\", "/");
	let path = "";
	// Not split: a segment that is empty takes thirty bytes, and a client may send nothing else.
	for (let start = 0; start <= text.length; ) {
		const found = text.indexOf("/", start);
		const end = found < 0 ? text.length : found;
		const segment = text.slice(start, end);
		if (isName(segment) && (start > 0 || !isDrive(segment))) path += `${path && "/"}${withoutControls(segment)}`;
		start = end + 1;
	}
	return path;
};

const isDrive = (segment: string): boolean => {
	return segment.length === 2 && segment.endsWith(":");
};

const isName = (segment: string): boolean => {
	return replaceEvery(segment, ".", "").trim() !== "";
};

const withoutControls = (text: string): string => {
	return replaceCharacters(text, " ~", character => (character < "\u00a0" ? "_" : character));
};

// Character rules of RFC 9110 §5.5 and §5.6. Each is one native call: XS interprets loops.

import { fieldLimits } from "../limits";

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const notText = /[^\t -~\u{80}-\u{d7ff}\u{e000}-\u{10ffff}]/u;
const notVisible = /[^!-~]/;
const digits = /^[0-9]+$/;
const spaceAtEnds = /^[\t ]|[\t ]$/;
const spaceAtStart = /^[\t ]*/;
const lastAndSpace = /[^\t ]([\t ]*)$/;
const maxDigits = 15;
const kelvin = "\u212a";

/** Whether `text` is a token: a method, a field name, a coding. */
export function isToken(text: string): boolean {
	return token.test(text);
}

/** Whether `text` is a list of protocols, each `name` or `name/version` (RFC 9110 §7.8). */
export function isProtocolList(text: string): boolean {
	return text.split(",").every(each => {
		const [name, version = "1", ...more] = trimSpace(each).split("/");
		return isToken(name as string) && isToken(version) && more.length === 0;
	});
}

/**
 * Whether `text` has no control character but HTAB: a field value, or several. Characters above 0x7F are obs-text, but
 * for lone surrogates, which have no UTF-8.
 */
export function isFieldText(text: string): boolean {
	return !notText.test(text);
}

/** Whether `text` is visible US-ASCII only, without spaces. */
export function isVisible(text: string): boolean {
	return !notVisible.test(text);
}

/** Takes SP and HTAB away at both ends, and nothing else that `trim()` would. */
export function trimSpace(text: string): string {
	if (!spaceAtEnds.test(text)) return text;
	// Not character by character: XS counts from the start of a text to find one.
	const [before = ""] = spaceAtStart.exec(text) ?? [];
	const behind = lastAndSpace.exec(text)?.[1];
	return behind === undefined ? "" : text.slice(before.length, text.length - behind.length);
}

/** The value of 1 to 15 decimal digits; `undefined` for anything else: a sign, a space, an exponent, more digits. */
export function parseDecimal(text: string): number | undefined {
	return text.length <= maxDigits && digits.test(text) ? Number(text) : undefined;
}

/** The text in lower case, by US-ASCII's letters: to JavaScript the Kelvin sign is a k, and so in `chunked`. */
export function lowerCase(text: string): string {
	return text.includes(kelvin) ? text : text.toLowerCase();
}

/** The non-empty members among the first `fieldLimits.maxMembers` of a list, in lower case (RFC 9110 §5.6.1). */
export function listMembers(value: string): string[] {
	return lowerCase(value)
		.split(",", fieldLimits.maxMembers)
		.map(trimSpace)
		.filter(member => member !== "");
}

/** The text of bytes that are all US-ASCII; `undefined` when one is not. XS refuses a NUL as well. */
export function asciiText(bytes: ArrayBuffer): string | undefined {
	try {
		const text = String.fromArrayBuffer(bytes);
		return text.length === bytes.byteLength ? text : undefined;
	} catch {
		return undefined;
	}
}

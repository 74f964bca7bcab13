const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** What stands in `values` for a character that is no digit. */
const none = 255;
const whiteSpace = Object.freeze(["\n", "\r", " ", "\t", "\v", "\f"]);
/** What each digit stands for, by its code. */
const valuesOfDigits = (): Uint8Array => {
	const table = new Uint8Array(256).fill(none);
	for (let value = 0; value < alphabet.length; value++) table[alphabet.charCodeAt(value)] = value;
	return table;
};
const values = valuesOfDigits();

/** Base64 with padding, in one line (RFC 4648 §4). */
export const encodeBase64 = (bytes: Uint8Array): string => {
	let text = "";
	for (let at = 0; at < bytes.length; at += 3) {
		const bits = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
		for (let shift = 18; shift >= 0; shift -= 6) text += alphabet[(bits >> shift) & 63];
	}
	const padding = (3 - (bytes.length % 3)) % 3;
	return text.slice(0, text.length - padding) + "=".repeat(padding);
};

/** The bytes of Base64 with its padding; `undefined` when it is anything else, a line end for one. */
export const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
	if (text.length % 4 !== 0) return undefined;
	const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
	// Bytes, since XS counts from the start of a text to find a character.
	const codes = new Uint8Array(ArrayBuffer.fromString(text));
	const { length } = codes;
	if (length !== text.length) return undefined;
	const bytes = new Uint8Array((length >> 2) * 3 - padding);
	for (let index = 0, at = 0; index < length; index += 4) {
		let bits = 0;
		for (let digit = index; digit < index + 4; digit++) {
			const value = values[codes[digit] as number] as number;
			if (value !== none) bits = (bits << 6) | value;
			else if (digit < length - padding) return undefined;
			else bits <<= 6;
		}
		// What stands beyond the end is padding, and a typed array takes no notice of it.
		bytes[at++] = bits >> 16;
		bytes[at++] = bits >> 8;
		bytes[at++] = bits;
	}
	return bytes;
};

/** The bytes of padded Base64 in lines, as in PEM: white space does not count. `undefined` when it is anything else. */
export const decodeBase64Lines = (text: string): Uint8Array<ArrayBuffer> | undefined => {
	let digits = text;
	for (const space of whiteSpace) digits = digits.replaceAll(space, "");
	return decodeBase64(digits);
};

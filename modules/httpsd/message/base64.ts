const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const shape = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
	let text = "";
	for (let at = 0; at < bytes.length; at += 3) {
		const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
		const bits = (a << 16) | (b << 8) | c;
		for (let shift = 18; shift >= 0; shift -= 6) text += alphabet[(bits >> shift) & 63];
	}
	const padding = (3 - (bytes.length % 3)) % 3;
	return text.slice(0, text.length - padding) + "=".repeat(padding);
}

/** What each digit stands for, by its code. */
function valuesOfDigits(): Uint8Array {
	const values = new Uint8Array(128);
	for (const [value, code] of new Uint8Array(ArrayBuffer.fromString(alphabet)).entries()) values[code] = value;
	return values;
}

/** The bytes of Base64 with its padding; `undefined` when it is anything else. */
export function decodeBase64(text: string): ArrayBuffer | undefined {
	if (!shape.test(text)) return undefined;
	// Bytes, since XS counts from the start of a text to find a character.
	const digits = new Uint8Array(ArrayBuffer.fromString(text.replaceAll("=", "")));
	const bytes = new Uint8Array((digits.length * 6) >> 3);
	const values = valuesOfDigits();
	for (let index = 0, at = 0; index < digits.length; index += 4) {
		let bits = 0;
		for (let digit = index; digit < index + 4; digit++)
			bits = (bits << 6) | (values[digits[digit] as number] as number);
		// What stands beyond the end is padding, and a typed array takes no notice of it.
		bytes[at++] = bits >> 16;
		bytes[at++] = bits >> 8;
		bytes[at++] = bits;
	}
	return bytes.buffer;
}

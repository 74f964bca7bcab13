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

/** The bytes of Base64 with its padding; `undefined` when it is anything else. */
export function decodeBase64(text: string): ArrayBuffer | undefined {
	if (!shape.test(text)) return undefined;
	const digits = text.replaceAll("=", "");
	const bytes = new Uint8Array((digits.length * 6) >> 3);
	let bits = 0;
	for (let index = 0, at = 0; index < digits.length; index++) {
		bits = (bits << 6) | alphabet.indexOf(digits.charAt(index));
		if (index % 4 !== 0) bytes[at++] = bits >> (6 - 2 * (index % 4));
	}
	return bytes.buffer;
}

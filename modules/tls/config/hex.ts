const digits = "0123456789abcdef";

/** The bytes of an even number of hexadecimal digits, in either case; `undefined` when the text is anything else. */
export function decodeHex(text: string): Uint8Array | undefined {
	if (text.length % 2 !== 0) return undefined;
	const lower = text.toLowerCase();
	const bytes = new Uint8Array(text.length / 2);
	for (let i = 0; i < bytes.length; i++) {
		const high = digits.indexOf(lower.charAt(2 * i));
		const low = digits.indexOf(lower.charAt(2 * i + 1));
		if (high < 0 || low < 0) return undefined;
		bytes[i] = (high << 4) | low;
	}
	return bytes;
}

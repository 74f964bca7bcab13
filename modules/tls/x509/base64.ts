const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 with padding, in one line (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
	const quads: string[] = [];
	for (let i = 0; i < bytes.length; i += 3) {
		const left = bytes.length - i;
		const bits = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
		quads.push(
			alphabet.charAt(bits >> 18) +
				alphabet.charAt((bits >> 12) & 63) +
				(left > 1 ? alphabet.charAt((bits >> 6) & 63) : "=") +
				(left > 2 ? alphabet.charAt(bits & 63) : "=")
		);
	}
	return quads.join("");
}

/** The bytes of padded Base64, in which white space does not count; `undefined` when it is anything else. */
export function decodeBase64(text: string): Uint8Array | undefined {
	const digits = text.replace(/\s+/g, "");
	if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return undefined;
	const padding = digits.endsWith("==") ? 2 : digits.endsWith("=") ? 1 : 0;
	const bytes = new Uint8Array((digits.length / 4) * 3 - padding);
	let at = 0;
	for (let i = 0; i < digits.length; i += 4) {
		let bits = 0;
		for (let j = i; j < i + 4; j++) bits = (bits << 6) | Math.max(alphabet.indexOf(digits.charAt(j)), 0);
		// What stands beyond the end is padding, and a typed array takes no notice of it.
		bytes[at++] = bits >> 16;
		bytes[at++] = bits >> 8;
		bytes[at++] = bits;
	}
	return bytes;
}

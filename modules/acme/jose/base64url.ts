const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Base64url without padding (RFC 4648 §5). Written into bytes: a text that grows by characters is copied for each. */
export const encodeBase64URL = (bytes: Uint8Array): string => {
	const { length } = bytes;
	const text = new Uint8Array(Math.ceil((4 * length) / 3));
	for (let at = 0, to = 0; at < length; at += 3) {
		const bits = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
		// What stands beyond the end is padding, and a typed array takes no notice of it.
		for (let shift = 18; shift >= 0; shift -= 6) text[to++] = digits.charCodeAt((bits >> shift) & 63);
	}
	return String.fromArrayBuffer(text.buffer);
};

/** The same of a text's UTF-8. */
export const encodeText = (text: string): string => {
	return encodeBase64URL(new Uint8Array(ArrayBuffer.fromString(text)));
};

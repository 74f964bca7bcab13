/** Bytes in hexadecimal, two lower-case digits each. */
export const encodeHex = (data: ArrayBuffer | Uint8Array): string => {
	const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
	let text = "";
	for (let at = 0; at < bytes.length; at++) {
		const digits = (bytes[at] as number).toString(16);
		text += digits.length === 1 ? `0${digits}` : digits;
	}
	return text;
};

/** Hexadecimal digits as fingerprints are written by browsers and OpenSSL: `AB:CD:…`. */
export const formatFingerprint = (hex: string): string => {
	const pairs: string[] = [];
	for (let at = 0; at + 2 <= hex.length; at += 2) pairs.push(hex.slice(at, at + 2).toUpperCase());
	return pairs.join(":");
};

/**
 * The value of a hexadecimal number.
 * @param most the most digits, 13 or fewer.
 * @returns `undefined` for anything else: no digit, a sign, a space, more digits.
 */
export const parseHex = (text: string, most: number): number | undefined => {
	// Number() takes no notice of white space at the ends, and of nothing else.
	if (text === "" || text.length > most || text.trim() !== text) return undefined;
	const value = Number(`0x${text}`);
	return value >= 0 ? value : undefined;
};

/** The bytes of an even number of hexadecimal digits; `undefined` when the text is anything else. */
export const decodeHex = (text: string): Uint8Array<ArrayBuffer> | undefined => {
	if (text.length % 2 !== 0) return undefined;
	const bytes = new Uint8Array(text.length / 2);
	for (let at = 0; at < bytes.length; at++) {
		const value = parseHex(text.slice(2 * at, 2 * at + 2), 2);
		if (value === undefined) return undefined;
		bytes[at] = value;
	}
	return bytes;
};

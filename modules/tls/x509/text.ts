/** By characters, so that pairs are none. */
const loneSurrogate = /[\ud800-\udfff]/u;

/**
 * The text of bytes that a peer has chosen, and that need not be UTF-8: `undefined` when they are not, or have a NUL.
 * XS would stop at that, and would let overlong forms and surrogates through, so different bytes would be one text.
 */
export function toText(bytes: ArrayBuffer): string | undefined {
	try {
		const text = String.fromArrayBuffer(bytes);
		if (text.length === bytes.byteLength) return text;
		return measureUTF8(text) === bytes.byteLength && isPlainText(text) ? text : undefined;
	} catch {
		return undefined;
	}
}

/** Bytes of its shortest form: XS keeps the one that it came in. */
function measureUTF8(text: string): number {
	let length = 0;
	for (const character of text) {
		const point = character.codePointAt(0) as number;
		length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
	}
	return length;
}

/** Whether XS writes it as UTF-8 without a NUL, or what it has in place of one. */
export function isPlainText(text: string): boolean {
	return !text.includes("\0") && !loneSurrogate.test(text);
}

/** The name of a host that a client has asked for, in lower case; `undefined` when it is none that could be one. */
export function toServername(name: ArrayBuffer | undefined): string | undefined {
	return name && toText(name)?.toLowerCase();
}

// Text that comes from C or goes there: UTF-8 without NUL.

/**
 * Decodes what a peer has sent; `undefined` when it is not UTF-8, or has a NUL in it.
 * XS would end the string at a NUL, and takes overlong forms and surrogates: different bytes would become equal text.
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

/** Bytes of the shortest encoding: a string of XS keeps overlong forms as they came. */
function measureUTF8(text: string): number {
	let length = 0;
	for (const character of text) {
		const point = character.codePointAt(0) as number;
		length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
	}
	return length;
}

/** Whether the text has neither a NUL nor a lone surrogate, which UTF-8 cannot have. */
export function isPlainText(text: string): boolean {
	if (text.includes("\0")) return false;
	for (const character of text) {
		const point = character.codePointAt(0) as number;
		if (point >= 0xd800 && point <= 0xdfff) return false;
	}
	return true;
}

/** The host name of a server_name extension, in lower case; `undefined` when it is not text. */
export function toServername(name: ArrayBuffer | undefined): string | undefined {
	return name && toText(name)?.toLowerCase();
}

const LONG_LENGTH = 0x80;
/** Bytes of a length behind its first: as many as mbedTLS reads, also where fewer would do. */
const MOST_LENGTH_BYTES = 4;

/** One element of DER: its place within the bytes, not a copy of them. */
export interface DERElement {
	readonly tag: number;
	/** Where the element begins, with its tag. */
	readonly start: number;
	/** Where its content begins. */
	readonly content: number;
	readonly end: number;
}

function broken(): never {
	throw new SyntaxError("This is not DER");
}

/**
 * The element at `start`, which must end by `limit`. Tags of one byte and lengths of up to four.
 * @throws {SyntaxError} it does not
 */
export const readElement = (bytes: Uint8Array, start: number, limit: number): DERElement => {
	if (start + 2 > limit) broken();
	let length = bytes[start + 1] as number;
	let content = start + 2;
	if (length >= LONG_LENGTH) {
		const count = length - LONG_LENGTH;
		if (count < 1 || count > MOST_LENGTH_BYTES || content + count > limit) broken();
		length = 0;
		for (let i = 0; i < count; i++) length = length * 256 + (bytes[content++] as number);
	}
	if (content + length > limit) broken();
	return { tag: bytes[start] as number, start, content, end: content + length };
};

/** Elements within one that are listed: a certificate's first part has ten (RFC 5280 §4.1), an RSA key too (RFC 8017 §A.1.2). With more it is not read. */
const MOST_CHILDREN = 16;

/**
 * The elements that `parent` holds, where they are few: each takes 110 bytes of XS's slots and chunks, and who made the DER may have put in thousands.
 * @throws {SyntaxError} they do not fill it, or are more than 16
 */
export const childrenOf = (bytes: Uint8Array, { content, end }: DERElement): DERElement[] => {
	const children: DERElement[] = [];
	for (let at = content; at < end; ) {
		if (children.length === MOST_CHILDREN) broken();
		const child = readElement(bytes, at, end);
		children.push(child);
		at = child.end;
	}
	return children;
};

// Messages of DNS (RFC 1035 §4) as multicast DNS has them (RFC 6762 §18). They come from whoever is on the network: nothing
// here throws for what is in them, goes on for longer than they are, or takes memory for them.

/** Types of records (RFC 1035 §3.2.2, RFC 2782, RFC 3596, RFC 4034). */
export const recordType = { A: 1, PTR: 12, TXT: 16, AAAA: 28, SRV: 33, NSEC: 47, any: 255 } as const;
Object.freeze(recordType);

/** Class IN; in a question the highest bit asks for a unicast answer, in an answer it says that there are no others (RFC 6762 §18.12, §18.13). */
export const classIN: number = 1;
export const classAny: number = 255;
export const highestBit: number = 0x8000;

/** Bytes of a message's header, and of what follows the name of a question and of a record. */
export const headerLength: number = 12;
export const questionLength: number = 4;
export const recordLength: number = 10;

const pointer = 0xc0;

/** A name in the form of the wire, in lower case. @param name labels of 1 to 63 US-ASCII characters with dots between them */
export const encodeName = (name: string): Uint8Array => {
	const bytes = new Uint8Array(name.length + 2);
	let at = 0;
	for (const label of name.toLowerCase().split(".")) {
		bytes[at] = label.length;
		bytes.set(new Uint8Array(ArrayBuffer.fromString(label)), at + 1);
		at += 1 + label.length;
	}
	return bytes;
};

/** Where the name at `at` ends; -1 when it is none, or not all there. */
export const skipName = (bytes: Uint8Array, at: number): number => {
	for (;;) {
		const length = bytes[at];
		if (length === undefined) return -1;
		if (length === 0) return at + 1;
		if (length >= pointer) return at + 2;
		if (length >= 0x40) return -1;
		at += 1 + length;
	}
};

/**
 * Whether the name at `at` is this one, with letters of either case. A pointer has to lead to before the part of the name that
 * it ends, so none leads in a circle.
 * @param name of {@link encodeName}
 */
export const isName = (bytes: Uint8Array, at: number, name: Uint8Array): boolean => {
	let start = at;
	let matching = 0;
	for (;;) {
		const length = bytes[at] ?? pointer;
		if (length >= pointer) {
			const target = read16(bytes, at) & 0x3fff;
			if (target >= start) return false;
			start = target;
			at = target;
		} else {
			if (length !== name[matching]) return false;
			if (length === 0) return true;
			const end = at + length;
			while (at < end) if (lowerCase(bytes[++at]) !== name[++matching]) return false;
			at++;
			matching++;
		}
	}
};

/**
 * Whether the name at `at` may be one that begins as this one does. XS takes 300 instructions for a byte, and most names are of
 * other devices.
 */
export const mayBegin = (bytes: Uint8Array, at: number, name: Uint8Array): boolean => {
	const length = bytes[at] ?? 0;
	const start = length < pointer ? at : read16(bytes, at) & 0x3fff;
	return bytes[start] === name[0] && lowerCase(bytes[start + 1]) === name[1];
};

const lowerCase = (code: number | undefined): number | undefined => {
	return code !== undefined && code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
};

/** A number of 16 bits; what lies behind the end counts as set bits. */
export const read16 = (bytes: Uint8Array, at: number): number => {
	return ((bytes[at] ?? 0xff) << 8) | (bytes[at + 1] ?? 0xff);
};

/** A number of 32 bits, unsigned. */
export const read32 = (bytes: Uint8Array, at: number): number => {
	return read16(bytes, at) * 0x10000 + read16(bytes, at + 2);
};

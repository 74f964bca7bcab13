// Brackets are looked for in bytes, since to find a character in a text XS counts from its start; UTF-8 has these bytes
// for nothing else. They are counted first, by native calls: most JSON has too few of them to nest too deep.

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBracket = 0x5d;
const closeBrace = 0x7d;

/**
 * Whether arrays and objects nest deeper than `max` in a text that may be JSON. To be called before `JSON.parse()`,
 * which takes room on XS's stack for each level: a stack overflow can't be caught.
 */
export const isDeeper = (json: ArrayBuffer, max: number): boolean => {
	const bytes = new Uint8Array(json);
	const most = max - count(bytes, openBracket, max);
	return (most < 0 || count(bytes, openBrace, most) > most) && nestsDeeper(bytes, max);
};

/** How often a byte is there; anything above `max` when it is more often. */
const count = (bytes: Uint8Array, byte: number, max: number): number => {
	let found = 0;
	for (let at = bytes.indexOf(byte); at >= 0 && found <= max; at = bytes.indexOf(byte, at + 1)) found++;
	return found;
};

const nestsDeeper = (bytes: Uint8Array, max: number): boolean => {
	const { length } = bytes;
	let depth = 0;
	for (let at = 0; at < length; at++) {
		const byte = bytes[at] as number;
		if (byte === quote) at = endOfString(bytes, at);
		else if (byte === openBracket || byte === openBrace) {
			if (++depth > max) return true;
		} else if (byte === closeBracket || byte === closeBrace) depth--;
	}
	return false;
};

/** Where the string that begins at `start` has its closing quote; the end of `bytes` when it has none. */
const endOfString = (bytes: Uint8Array, start: number): number => {
	for (let end = bytes.indexOf(quote, start + 1); end >= 0; end = bytes.indexOf(quote, end + 1)) {
		let before = end - 1;
		while (bytes[before] === backslash) before--;
		if ((end - before) % 2 === 1) return end;
	}
	return bytes.length;
};

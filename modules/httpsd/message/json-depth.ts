// Looked for in bytes, since XS finds the place of a character in a text by counting. UTF-8 has these bytes for nothing
// else. Most JSON has so few brackets that to find them natively is all there is to do.

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const openBrace = 0x7b;
/** What makes a closing bracket or brace of an opening one. */
const closing = 2;

/**
 * Whether arrays and objects nest deeper than `max` in a text that may be JSON. To be asked before `JSON.parse()`,
 * which takes room on XS's stack for each level: its overflow can't be caught.
 */
export function isDeeper(json: ArrayBuffer, max: number): boolean {
	const bytes = new Uint8Array(json);
	const most = max - count(bytes, openBracket, max);
	return (most < 0 || count(bytes, openBrace, most) > most) && nestsDeeper(bytes, max);
}

/** How often a byte is there; anything above `max` when it is more often. */
function count(bytes: Uint8Array, byte: number, max: number): number {
	let found = 0;
	for (let at = bytes.indexOf(byte); at >= 0 && found <= max; at = bytes.indexOf(byte, at + 1)) found++;
	return found;
}

function nestsDeeper(bytes: Uint8Array, max: number): boolean {
	const { length } = bytes;
	let depth = 0;
	for (let at = 0; at < length; at++) {
		const byte = bytes[at] as number;
		if (byte === quote) at = endOfString(bytes, at);
		else if (byte === openBracket || byte === openBrace) {
			if (++depth > max) return true;
		} else if (byte === openBracket + closing || byte === openBrace + closing) depth--;
	}
	return false;
}

/** Where the quote is that ends the string which begins at `start`; the end of all when there is none. */
function endOfString(bytes: Uint8Array, start: number): number {
	for (let end = bytes.indexOf(quote, start + 1); end >= 0; end = bytes.indexOf(quote, end + 1)) {
		let before = end - 1;
		while (bytes[before] === backslash) before--;
		if ((end - before) % 2 === 1) return end;
	}
	return bytes.length;
}

const piece = 1024;

/**
 * A 64-bit hash of content as 16 hexadecimal digits: an entity tag for content that has no version of its own. It
 * tells versions of one file apart; against someone who makes up content it is no help.
 * @param read gives the bytes from `start` to `end`.
 */
export function hashContent(length: number, read: (start: number, end: number) => Uint8Array): string {
	let low = 0x811c9dc5;
	let high = length | 0;
	for (let at = 0; at < length; at += piece) {
		for (const word of wordsOf(read(at, Math.min(length, at + piece)))) {
			low = Math.imul(low ^ word, 0x01000193);
			high = Math.imul(high ^ word ^ (low >>> 15), 0x85ebca6b);
		}
	}
	return hexadecimal(low) + hexadecimal(high);
}

/** The bytes four by four, in a copy: content in flash may lie at any address. */
function wordsOf(bytes: Uint8Array): Uint32Array {
	const padded = new Uint8Array((bytes.byteLength + 3) & ~3);
	padded.set(bytes);
	return new Uint32Array(padded.buffer);
}

function hexadecimal(value: number): string {
	return (value >>> 0).toString(16).padStart(8, "0");
}

import Timer from "timer";

const piece = 1024;
/** Bytes that are hashed before others get their turn. */
const bytesPerTurn = 32 * piece;

/**
 * A 64-bit hash of content as 16 hexadecimal digits: an entity tag for content that has no version of its own. It
 * tells versions of one file apart; against someone who makes up content it is no help.
 */
export async function hashContent(bytes: ArrayBuffer): Promise<string> {
	const length = bytes.byteLength;
	let low = 0x811c9dc5;
	let high = length | 0;
	for (let at = 0; at < length; at += piece) {
		if (at > 0 && at % bytesPerTurn === 0) await nextTurn();
		for (const word of wordsOf(new Uint8Array(bytes, at, Math.min(piece, length - at)))) {
			low = Math.imul(low ^ word, 0x01000193);
			high = Math.imul(high ^ word ^ (low >>> 15), 0x85ebca6b);
		}
	}
	return hexadecimal(low) + hexadecimal(high);
}

function nextTurn(): Promise<void> {
	return new Promise(resolve => void Timer.set(() => resolve()));
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

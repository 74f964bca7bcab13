import { encodeHex } from "text/hex";
import { nextTurn } from "../async/next-turn";

const pieceSize = 1024;
/** Bytes that are hashed before others have their turn. */
const bytesPerTurn = 32 * pieceSize;

/**
 * A 64-bit hash of content as 16 hexadecimal digits: an entity tag for content that has no version of its own. It is not
 * a cryptographic hash: it tells versions of a file apart, and not what somebody made to have the same hash.
 */
export async function hashContent(bytes: ArrayBuffer): Promise<string> {
	const length = bytes.byteLength;
	let low = 0x811c9dc5;
	let high = length | 0;
	for (let at = 0; at < length; at += pieceSize) {
		if (at > 0 && at % bytesPerTurn === 0) await nextTurn();
		for (const word of wordsOf(new Uint8Array(bytes, at, Math.min(pieceSize, length - at)))) {
			low = Math.imul(low ^ word, 0x01000193);
			high = Math.imul(high ^ word ^ (low >>> 15), 0x85ebca6b);
		}
	}
	const hash = new DataView(new ArrayBuffer(8));
	hash.setInt32(0, low);
	hash.setInt32(4, high);
	return encodeHex(hash.buffer);
}

/** The bytes four by four, in a copy: content in flash may lie at any address. */
const wordsOf = (bytes: Uint8Array): Uint32Array => {
	const padded = new Uint8Array((bytes.byteLength + 3) & ~3);
	padded.set(bytes);
	return new Uint32Array(padded.buffer);
};

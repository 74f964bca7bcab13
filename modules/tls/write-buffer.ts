import type { Bytes } from "../io";

function toView(bytes: Bytes): Uint8Array {
	return ArrayBuffer.isView(bytes)
		? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
		: new Uint8Array(bytes);
}

/** Pieces that were written with `more: true`: they leave together with the next one, in one TLS record. */
export default class WriteBuffer {
	#pieces: Uint8Array[] = [];
	/** Bytes that wait. */
	byteLength = 0;

	/** Keeps a copy. */
	put(bytes: Bytes): void {
		this.#pieces.push(toView(bytes).slice());
		this.byteLength += bytes.byteLength;
	}

	/** All that waits, and `last` behind it. */
	join(last: Bytes): Bytes {
		if (this.#pieces.length === 0) return last;
		const whole = new Uint8Array(this.byteLength + last.byteLength);
		let at = 0;
		for (const piece of [...this.#pieces, toView(last)]) {
			whole.set(piece, at);
			at += piece.length;
		}
		this.#pieces = [];
		this.byteLength = 0;
		return whole;
	}
}

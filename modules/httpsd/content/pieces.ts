/** Pieces up to this length are joined as they come: many tiny ones would fill memory with objects. */
const smallPiece = 1024;

/** Puts bytes together that come in pieces of any size and number. */
export default class Pieces {
	#pieces: ArrayBuffer[] = [];
	#length = 0;

	/** Bytes held. */
	get length(): number {
		return this.#length;
	}

	add(piece: ArrayBuffer): void {
		const pieces = this.#pieces;
		const last = pieces.at(-1);
		this.#length += piece.byteLength;
		if (last !== undefined && last.byteLength < smallPiece) pieces[pieces.length - 1] = last.concat(piece);
		else pieces.push(piece);
	}

	/** All bytes in one buffer; none are held after it. */
	take(): ArrayBuffer {
		const pieces = this.#pieces;
		const first = pieces[0];
		// Not `first.concat(...others)`: arguments take room on XS's stack, and its overflow can't be caught.
		const whole = pieces.length === 1 && first !== undefined ? first : join(pieces);
		this.#pieces = [];
		this.#length = 0;
		return whole;
	}
}

/** All of them in one buffer. */
export const join = (pieces: readonly ArrayBuffer[]): ArrayBuffer => {
	let length = 0;
	for (let index = 0; index < pieces.length; index++) length += (pieces[index] as ArrayBuffer).byteLength;
	const whole = new Uint8Array(length);
	let at = 0;
	for (let index = 0; index < pieces.length; index++) {
		whole.set(new Uint8Array(pieces[index] as ArrayBuffer), at);
		at += (pieces[index] as ArrayBuffer).byteLength;
	}
	return whole.buffer;
};

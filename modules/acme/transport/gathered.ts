import ACMEError from "../error";
import { limits } from "../limits";

/** Content as it comes, in one buffer that is no longer than it may be. */
export default class Gathered {
	readonly #most: number;
	/** What the answer says of its length. */
	readonly #expected: number;
	#bytes = new Uint8Array(0);
	#length = 0;

	/** @param length what the answer says of it; `undefined` when it does not. @throws {ACMEError} `ANSWER_SIZE` */
	constructor(most: number, length = 0) {
		this.#most = most;
		if (length > most) throw tooLong();
		this.#expected = length;
	}

	/** @throws {ACMEError} `ANSWER_SIZE` */
	add(piece: ArrayBuffer): void {
		const length = this.#length + piece.byteLength;
		if (length > this.#most) throw tooLong();
		if (length > this.#bytes.length) {
			const bytes = new Uint8Array(this.sizeFor(length));
			bytes.set(this.#bytes);
			this.#bytes = bytes;
		}
		this.#bytes.set(new Uint8Array(piece), this.#length);
		this.#length = length;
	}

	/** Bytes that so many more take beside what is there and what is held for an order; with a length that nobody said, for `content` too. */
	growth(count: number): number {
		const length = this.#length + count;
		const size = this.sizeFor(length);
		if (length <= this.#bytes.length || size <= limits.usualAnswer) return 0;
		return size === this.#expected ? size - limits.usualAnswer : 2 * size - this.#bytes.length;
	}

	/** All of it. */
	get content(): ArrayBuffer {
		return this.#length === this.#bytes.length
			? (this.#bytes.buffer as ArrayBuffer)
			: (this.#bytes.buffer as ArrayBuffer).slice(0, this.#length);
	}

	/** By half more at least, so that many small pieces are not copied once for each. */
	private sizeFor(length: number): number {
		return Math.min(Math.max(length, this.#expected, this.#length + (this.#length >> 1)), this.#most);
	}
}

export const tooLong = (): ACMEError => {
	return new ACMEError("ANSWER_SIZE", "The CA's answer is too long");
};

import ACMEError from "../error";
import { limits } from "../limits";

/** Content as it comes, in one buffer that is no longer than it may be. */
export default class Gathered {
	readonly #most: number;
	#bytes: Uint8Array;
	#length = 0;

	/** @param length what the answer says of it; `undefined` when it does not. @throws {ACMEError} `ANSWER_SIZE` */
	constructor(most: number, length: number | undefined) {
		this.#most = most;
		if (length !== undefined && length > most) throw tooLong();
		this.#bytes = new Uint8Array(length ?? 0);
	}

	/** @throws {ACMEError} `ANSWER_SIZE` */
	add(piece: ArrayBuffer): void {
		const length = this.#length + piece.byteLength;
		if (length > this.#most) throw tooLong();
		if (length > this.#bytes.length) this.grow(length);
		this.#bytes.set(new Uint8Array(piece), this.#length);
		this.#length = length;
	}

	/** Whether it is more than is held for an order. */
	get isLong(): boolean {
		return this.#length > limits.usualAnswer;
	}

	/** All of it. */
	get content(): ArrayBuffer {
		return this.#length === this.#bytes.length
			? (this.#bytes.buffer as ArrayBuffer)
			: (this.#bytes.buffer as ArrayBuffer).slice(0, this.#length);
	}

	/** By half at least, so that many small pieces are not copied once for each. */
	private grow(length: number): void {
		const bytes = new Uint8Array(Math.min(Math.max(length, this.#length + (this.#length >> 1)), this.#most));
		bytes.set(this.#bytes);
		this.#bytes = bytes;
	}
}

export const tooLong = (): ACMEError => {
	return new ACMEError("ANSWER_SIZE", "The CA's answer is too long");
};

import HttpError from "../http-error";
import type Charge from "../memory/charge";

/** The least that is made room for, once there are several pieces. */
const least = 256;

/** Puts content together, in a block that grows by doubling: charged before it is made, with the old one beside it. */
export default class Block {
	/** Bytes held. */
	length = 0;
	readonly #charge: Charge;
	readonly #max: number;
	/** The only piece, as long as there are no others: it is not copied. */
	#piece: ArrayBuffer | undefined;
	#bytes: Uint8Array | undefined;
	/** How long it will be, if that is known. */
	readonly #expected: number;

	constructor(charge: Charge, max: number, expected = 0) {
		this.#charge = charge;
		this.#max = max;
		this.#expected = expected < max ? expected : max;
	}

	/** @throws {HttpError} 413 when it is too much, or as {@link Charge.take} does. */
	add(piece: ArrayBuffer): void {
		const length = this.length + piece.byteLength;
		if (length > this.#max) throw tooLarge();
		if (this.length === 0) {
			this.#charge.take(length);
			this.#piece = piece;
		} else {
			if (length > (this.#bytes?.length ?? 0)) this.grow(length);
			(this.#bytes as Uint8Array).set(new Uint8Array(piece), this.length);
		}
		this.length = length;
	}

	/** All of it, which stays charged. */
	take(): ArrayBuffer {
		const { length } = this;
		const bytes = this.#bytes;
		const piece = this.#piece;
		this.#bytes = this.#piece = undefined;
		this.length = 0;
		if (bytes === undefined) return piece ?? new ArrayBuffer(0);
		if (bytes.length === length) return bytes.buffer as ArrayBuffer;
		this.#charge.take(length);
		const whole = bytes.slice(0, length).buffer as ArrayBuffer;
		this.#charge.give(bytes.length);
		return whole;
	}

	private grow(length: number): void {
		const before = this.#bytes ?? new Uint8Array(this.#piece as ArrayBuffer);
		const doubled = Math.max(2 * length, least);
		const size = Math.max(length, Math.min(this.#expected > 0 ? this.#expected : doubled, this.#max));
		this.#charge.take(size);
		const bytes = new Uint8Array(size);
		bytes.set(before.length > this.length ? before.subarray(0, this.length) : before);
		this.#bytes = bytes;
		this.#piece = undefined;
		this.#charge.give(before.length);
	}
}

/** Content is over its limit. */
export function tooLarge(): HttpError {
	return new HttpError(413, "BODY_SIZE", "Request content is over the limit");
}

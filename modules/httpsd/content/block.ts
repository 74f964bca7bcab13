import type Charge from "../memory/charge";
import { tooLarge } from "../memory/charge";

/** Bytes that are made room for at least, once there are several pieces. */
const least = 256;

/** Puts content together, in a block that grows by doubling. What it takes is asked for by its user, beforehand. */
export default class Block {
	/** Bytes held. */
	length = 0;
	readonly #charge: Charge;
	readonly #max: number;
	/** The only piece, as long as there are no others: it is not copied. */
	#piece: ArrayBuffer | undefined;
	#bytes: Uint8Array | undefined;

	constructor(charge: Charge, max: number) {
		this.#charge = charge;
		this.#max = max;
	}

	/** Bytes that must be taken before the piece is added. @throws {HttpError} 413 when it is too much. */
	roomFor(piece: ArrayBuffer): number {
		const length = this.length + piece.byteLength;
		if (length > this.#max) throw tooLarge();
		if (this.length === 0) return length;
		return length > (this.#bytes?.length ?? 0) ? this.sizeFor(length) : 0;
	}

	/** Adds a piece. */
	add(piece: ArrayBuffer): void {
		const length = this.length + piece.byteLength;
		if (this.length === 0) this.#piece = piece;
		else {
			if (length > (this.#bytes?.length ?? 0)) this.grow(this.sizeFor(length));
			(this.#bytes as Uint8Array).set(new Uint8Array(piece), this.length);
		}
		this.length = length;
	}

	/** Bytes that must be taken before all of it is. */
	get roomToTake(): number {
		return this.#bytes === undefined || this.#bytes.length === this.length ? 0 : this.length;
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
		const whole = bytes.slice(0, length).buffer as ArrayBuffer;
		this.#charge.give(bytes.length);
		return whole;
	}

	private sizeFor(length: number): number {
		return Math.max(length, Math.min(Math.max(2 * length, least), this.#max));
	}

	/** The old block is there beside the new one until it is copied. */
	private grow(size: number): void {
		const before = this.#bytes ?? new Uint8Array(this.#piece as ArrayBuffer);
		const bytes = new Uint8Array(size);
		bytes.set(before.length > this.length ? before.subarray(0, this.length) : before);
		this.#bytes = bytes;
		this.#piece = undefined;
		this.#charge.give(before.length);
	}
}

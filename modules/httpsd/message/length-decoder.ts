import type { BodyDecoder } from "./body-decoder";

/** A body of known length (RFC 9112 §6.2). */
export default class LengthDecoder implements BodyDecoder {
	readonly trailers = undefined;
	readonly chunks = 1;
	max: number;
	#left: number;

	constructor(contentLength: number, max: number = Number.MAX_SAFE_INTEGER) {
		this.max = max;
		this.#left = contentLength;
	}

	get done(): boolean {
		return this.#left === 0;
	}

	get remaining(): number {
		return this.#left;
	}

	/** Takes so many bytes, all of which are content; not if that is not so. @returns whether it has. */
	take(length: number): boolean {
		const left = this.#left - length;
		if (left < 0) return false;
		this.#left = left;
		return true;
	}

	push(bytes: ArrayBuffer, content: ArrayBuffer[]): number {
		const length = bytes.byteLength;
		const used = length < this.#left ? length : this.#left;
		if (used > 0) content.push(used === length ? bytes : bytes.slice(0, used));
		this.#left -= used;
		return used;
	}
}

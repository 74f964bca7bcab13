import type { Bytes } from "../../io";

/** Bytes that wait to be sent, in order. */
export default class SendQueue {
	#pieces: Uint8Array[] = [];
	/** Bytes that wait. */
	byteLength = 0;

	/** Queues a copy of the bytes. */
	push(bytes: Bytes): void {
		if (bytes.byteLength === 0) return;
		const view = ArrayBuffer.isView(bytes)
			? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
			: new Uint8Array(bytes);
		this.#pieces.push(view.slice());
		this.byteLength += view.length;
	}

	/** The first bytes, at most `limit` and at least one. @throws {RangeError} there is none */
	take(limit: number): Uint8Array {
		const [first] = this.#pieces;
		if (first === undefined) throw new RangeError("Nothing waits to be sent");
		const part = first.subarray(0, limit);
		if (part.length < first.length) this.#pieces[0] = first.subarray(part.length);
		else this.#pieces.shift();
		this.byteLength -= part.length;
		return part;
	}

	/** All of them. */
	takeAll(): Uint8Array {
		const whole = new Uint8Array(this.byteLength);
		let at = 0;
		for (const piece of this.#pieces) {
			whole.set(piece, at);
			at += piece.length;
		}
		this.clear();
		return whole;
	}

	/** Drops all of them; returns how many bytes that were. */
	clear(): number {
		const lost = this.byteLength;
		this.#pieces = [];
		this.byteLength = 0;
		return lost;
	}
}

import type { Bytes } from "../../io";

/** Room for more beside the bytes that need it, so that many small pieces are not many objects. */
const spare = 64;

/** Bytes that wait to be sent, in order. */
export default class SendQueue {
	#block: Uint8Array | undefined;
	#start = 0;
	#end = 0;
	/** All of what belongs together has been queued, and waits for room. For its user. */
	isComplete = false;

	/** Bytes that wait. */
	get byteLength(): number {
		return this.#end - this.#start;
	}

	/** Queues a copy of the bytes. */
	push(bytes: Bytes): void {
		if (bytes.byteLength === 0) return;
		const view = ArrayBuffer.isView(bytes)
			? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
			: new Uint8Array(bytes);
		this.blockFor(view.length).set(view, this.#end);
		this.#end += view.length;
	}

	/** The block, with room for so many more. What was taken is not overwritten: it may still be looked at. */
	private blockFor(count: number): Uint8Array {
		const block = this.#block;
		if (block !== undefined && this.#end + count <= block.length) return block;
		const { byteLength } = this;
		// The first piece is often the only one.
		const larger = new Uint8Array(block === undefined ? count : byteLength + count + Math.max(spare, byteLength >> 1));
		if (block !== undefined) larger.set(block.subarray(this.#start, this.#end));
		this.#block = larger;
		this.#start = 0;
		this.#end = byteLength;
		return larger;
	}

	/** The first bytes, at most `limit` and at least one. @throws {RangeError} there is none */
	take(limit: number): Uint8Array {
		const { byteLength } = this;
		if (this.#block === undefined || byteLength === 0) throw new RangeError("Nothing waits to be sent");
		const part = this.#block.subarray(this.#start, this.#start + Math.min(limit, byteLength));
		this.#start += part.length;
		if (part.length === byteLength) this.clear();
		return part;
	}

	/** All of them. */
	takeAll(): Uint8Array {
		return this.byteLength === 0 ? new Uint8Array(0) : this.take(this.byteLength);
	}

	/** Drops all of them; returns how many bytes that were. */
	clear(): number {
		const lost = this.byteLength;
		this.#block = undefined;
		this.#start = this.#end = 0;
		return lost;
	}
}

import type { Bytes, Socket } from "../io";

/** Bytes on their way to a socket that takes only as many as it has announced room for. */
export default class Outbox {
	readonly #socket: Socket;
	readonly #queue: Bytes[] = [];
	readonly #highWater: number;
	#waiters: (() => void)[] = [];
	#room = 0;
	/** Bytes that the socket has not taken yet. */
	pending = 0;

	/** @param highWater bytes pending above which `ready()` stays unresolved. */
	constructor(socket: Socket, highWater: number) {
		this.#socket = socket;
		this.#highWater = highWater;
	}

	/** Resolves when there is room for more, or what is pending has been forgotten. */
	ready(): Promise<void> {
		if (this.pending <= this.#highWater) return Promise.resolve();
		return new Promise(resolve => this.#waiters.push(resolve));
	}

	/**
	 * Sends now what there is room for, and the rest when there is. The bytes must not change until then.
	 * @returns how many bytes the socket took now.
	 */
	write(bytes: Bytes): number {
		const length = bytes.byteLength;
		if (length === 0) return 0;
		if (this.pending === 0 && length <= this.#room) {
			this.#room = this.#socket.write(bytes) ?? this.#room - length;
			return length;
		}
		this.#queue.push(bytes);
		this.pending += length;
		return this.flush(this.#room);
	}

	/**
	 * The socket has room for `room` bytes.
	 * @returns how many bytes it took.
	 */
	flush(room: number): number {
		this.#room = room;
		const before = this.pending;
		while (this.pending > 0 && this.#room > 0) {
			const next = this.#queue[0] as Bytes;
			const piece = next.byteLength <= this.#room ? next : part(next, 0, this.#room);
			if (piece === next) this.#queue.shift();
			else this.#queue[0] = part(next, this.#room, next.byteLength);
			this.pending -= piece.byteLength;
			this.#room = this.#socket.write(piece) ?? this.#room - piece.byteLength;
		}
		if (this.pending <= this.#highWater) this.#wake();
		return before - this.pending;
	}

	/** Forgets what was not sent. */
	clear(): void {
		this.#queue.length = 0;
		this.pending = 0;
		this.#room = 0;
		this.#wake();
	}

	#wake(): void {
		if (this.#waiters.length === 0) return;
		const waiters = this.#waiters;
		this.#waiters = [];
		for (const wake of waiters) wake();
	}
}

function part(bytes: Bytes, start: number, end: number): Uint8Array {
	if (ArrayBuffer.isView(bytes))
		return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start);
	return new Uint8Array(bytes, start, end - start);
}

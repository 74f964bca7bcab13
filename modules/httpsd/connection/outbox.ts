import type { Bytes, Socket } from "../../io";
import type { Limits } from "../limits";
import Pace from "./pace";

type OutboxLimits = Pick<Limits, "highWater" | "writeTimeout" | "minRate">;

/** Bytes on their way to a socket that takes only as many as it has announced room for. */
export default class Outbox {
	readonly #socket: Socket;
	readonly #queue: Bytes[] = [];
	readonly #limits: OutboxLimits;
	#pace: Pace | undefined;
	#waiters: (() => void)[] = [];
	#room = 0;
	/** Bytes that the socket has not taken yet. */
	pending = 0;

	/** Above `highWater` bytes pending `ready()` stays unresolved. */
	constructor(socket: Socket, limits: OutboxLimits) {
		this.#socket = socket;
		this.#limits = limits;
	}

	/** Milliseconds that the peer has from now on to take some of what is pending. */
	get wait(): number {
		this.#pace ??= new Pace(this.#limits.writeTimeout, this.#limits.minRate);
		return this.#pace.wait;
	}

	/** Milliseconds since the peer took any of what is pending; `undefined` when nothing is. */
	get stalled(): number | undefined {
		return this.pending > 0 ? (this.#pace?.waited() ?? 0) : undefined;
	}

	/** Resolves when there is room for more, or what is pending has been forgotten. */
	ready(): Promise<void> {
		if (this.pending <= this.#limits.highWater) return Promise.resolve();
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
		if (this.pending === 0) return 0;
		const before = this.pending;
		if (before === 0) return 0;
		while (this.pending > 0 && this.#room > 0) {
			const next = this.#queue[0] as Bytes;
			const piece = next.byteLength <= this.#room ? next : part(next, 0, this.#room);
			if (piece === next) this.#queue.shift();
			else this.#queue[0] = part(next, this.#room, next.byteLength);
			this.pending -= piece.byteLength;
			this.#room = this.#socket.write(piece) ?? this.#room - piece.byteLength;
		}
		if (this.pending === 0) this.#pace = undefined;
		else if (this.pending < before) this.#pace?.moved(before - this.pending);
		if (this.pending <= this.#limits.highWater) this.wake();
		return before - this.pending;
	}

	/** Forgets what was not sent. */
	clear(): void {
		this.#room = 0;
		if (this.pending === 0) return;
		this.#queue.length = 0;
		this.pending = 0;
		this.wake();
	}

	private wake(): void {
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

import type { Bytes, Socket } from "../../io";
import type { Limits } from "../limits";
import MinRate from "./min-rate";

/** Whose output it is. */
export interface OutputOwner {
	readonly limits: Pick<Limits, "highWater" | "writeTimeout" | "minRate">;
	/** The socket has taken so many bytes. */
	sent(bytes: number): void;
	/** The peer is waited for, to take bytes: it has so many milliseconds. */
	setDeadline(ms: number): void;
	/** The socket has failed. */
	close(error: Error): void;
}

/** Bytes for a socket, which takes no more than it has announced room for; the others wait. The busiest methods come first. */
export default class Output {
	/** Bytes that the socket has not taken yet. */
	pending = 0;
	readonly #socket: Socket;
	readonly #owner: OutputOwner;
	readonly #queue: Bytes[] = [];
	#rate: MinRate | undefined;
	#waiters: (() => void)[] = [];
	#room = 0;
	#closed = false;

	constructor(socket: Socket, owner: OutputOwner) {
		this.#socket = socket;
		this.#owner = owner;
	}

	/** Sends now what there is room for, and the rest when there is. The bytes must not change until then. */
	send(bytes: Bytes): void {
		if (this.#closed) return;
		const before = this.pending;
		let sent = 0;
		try {
			sent = this.write(bytes);
		} catch (error) {
			// When the peer has left, a socket may throw before it calls onError, which it does once all has been read.
			this.#owner.close(error as Error);
			return;
		}
		if (sent > 0) this.#owner.sent(sent);
		if (sent < bytes.byteLength && before === 0) this.#owner.setDeadline(this.beginWait());
	}

	/** @returns how many bytes the socket has taken. */
	private write(bytes: Bytes): number {
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
	 * @returns how many it has taken.
	 */
	flush(room: number): number {
		this.#room = room;
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
		if (this.pending === 0) this.#rate = undefined;
		else if (this.pending < before) this.#rate?.transferred(before - this.pending);
		if (this.pending <= this.#owner.limits.highWater) this.resolve();
		return before - this.pending;
	}

	/** Resolves when no more than `highWater` bytes are pending, or the connection has closed. */
	ready(): Promise<void> {
		if (this.pending <= this.#owner.limits.highWater) return Promise.resolve();
		return new Promise(resolve => this.#waiters.push(resolve));
	}

	/** The peer is waited for, to take some of what is pending. @returns the milliseconds that it has from now on. */
	beginWait(): number {
		const { writeTimeout, minRate } = this.#owner.limits;
		this.#rate ??= new MinRate(writeTimeout, minRate);
		return this.#rate.begin();
	}

	/** Milliseconds since the peer took any of what is pending; `undefined` when nothing is. */
	get waitedFor(): number | undefined {
		return this.pending > 0 ? (this.#rate?.waiting() ?? 0) : undefined;
	}

	/** The connection has closed: what is pending is dropped, and nothing more is sent. */
	close(): void {
		this.#closed = true;
		this.#room = 0;
		if (this.pending === 0) return;
		this.#queue.length = 0;
		this.pending = 0;
		this.resolve();
	}

	private resolve(): void {
		if (this.#waiters.length === 0) return;
		const waiters = this.#waiters;
		this.#waiters = [];
		for (const resolve of waiters) resolve();
	}
}

function part(bytes: Bytes, start: number, end: number): Uint8Array {
	if (ArrayBuffer.isView(bytes))
		return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start);
	return new Uint8Array(bytes, start, end - start);
}

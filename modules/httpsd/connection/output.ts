import type { Bytes, Socket } from "../../io";
import type { LongText } from "../content/long-text";
import { type Limits, uncharged } from "../limits";
import { noRoom, type Room } from "../memory/charge";
import MinRate from "./min-rate";

/** Whose output it is. */
export interface OutputOwner {
	readonly limits: Pick<Limits, "highWater" | "writeTimeout" | "minRate">;
	/** What bytes that wait to be sent are charged to. */
	readonly account: Room & { force(bytes: number): void; fits(bytes: number): boolean };
	/** The socket has taken so many bytes. */
	sent(bytes: number): void;
	/** Bytes wait for the peer: it has so many milliseconds to take some. */
	setDeadline(ms: number): void;
	/** The socket has failed. */
	close(error: Error): void;
}

/** What waits to be sent, and what is charged for it until all of it has left. */
interface Item {
	bytes: Bytes | LongText;
	readonly charged: number;
}

const nothing = new ArrayBuffer(0);

/** Bytes for a socket, and the queue of those that it has no room for yet. The busiest methods come first. */
export default class Output {
	/** Bytes that the socket has not taken yet. */
	pending = 0;
	readonly #socket: Socket;
	readonly #owner: OutputOwner;
	readonly #queue: Item[] = [];
	#rate: MinRate | undefined;
	#waiters: (() => void)[] = [];
	#room = 0;
	#closed = false;

	constructor(socket: Socket, owner: OutputOwner) {
		this.#socket = socket;
		this.#owner = owner;
	}

	/**
	 * Sends now what there is room for, and the rest when there is. The bytes must not change until then. What waits is
	 * charged; the connection is cut off when there is no memory for it.
	 * @param isKept whether the bytes are held by others anyway, so that they cost nothing.
	 */
	send(bytes: Bytes | LongText, isKept = false): void {
		if (this.#closed) return;
		const before = this.pending;
		let sent = 0;
		try {
			sent = this.write(bytes, isKept);
		} catch (error) {
			// When the peer has left, a socket may throw before it calls onError, which it does once all has been read.
			this.#owner.close(error as Error);
			return;
		}
		if (sent > 0) this.#owner.sent(sent);
		if (sent < bytes.byteLength && before === 0) this.#owner.setDeadline(this.beginWait());
	}

	/** @returns how many bytes the socket has taken. */
	private write(bytes: Bytes | LongText, isKept: boolean): number {
		const length = bytes.byteLength;
		if (length === 0) return 0;
		if (this.pending === 0 && length <= this.#room && !("next" in bytes)) {
			this.#room = this.#socket.write(bytes) ?? this.#room - length;
			return length;
		}
		const charged = isKept ? 0 : length;
		const { account } = this.#owner;
		if (charged <= uncharged) account.force(charged);
		else if (!account.take(charged)) throw noRoom(account, charged);
		this.#queue.push({ bytes, charged });
		this.pending += length;
		return this.flush(this.#room);
	}

	/** Whether so many bytes could be sent now, or wait. */
	fits(length: number): boolean {
		if (this.#closed || length <= uncharged || (this.pending === 0 && length <= this.#room)) return true;
		return this.#owner.account.fits(length);
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
			const item = this.#queue[0] as Item;
			const piece = nextPiece(item, this.#room);
			this.pending -= piece.byteLength;
			if (item.bytes.byteLength === 0) {
				this.#queue.shift();
				this.#owner.account.give(item.charged);
			}
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

	/** Begins to wait until the peer takes some of what is pending. @returns the milliseconds that it has. */
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
		for (const { charged } of this.#queue) this.#owner.account.give(charged);
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

/** The next bytes of an item, at most `max`, which it has no more then. */
function nextPiece(item: Item, max: number): Bytes {
	const { bytes } = item;
	if ("next" in bytes) return bytes.next(max);
	const { byteLength } = bytes;
	item.bytes = byteLength <= max ? nothing : part(bytes, max, byteLength);
	return byteLength <= max ? bytes : part(bytes, 0, max);
}

function part(bytes: Bytes, start: number, end: number): Uint8Array {
	if (ArrayBuffer.isView(bytes))
		return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start);
	return new Uint8Array(bytes, start, end - start);
}

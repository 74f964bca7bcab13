import type { Bytes, Socket } from "../../io";
import type { LongText } from "../content/long-text";
import { type Limits, uncharged } from "../limits";
import type Account from "../memory/account";
import { noRoomNow } from "../memory/charge";
import type { HeldContent } from "../memory/held-content";
import MinRate from "./min-rate";

/** Whose output it is. */
export interface OutputOwner {
	readonly limits: Pick<Limits, "coalesce" | "highWater" | "writeTimeout" | "minRate">;
	/** What bytes that wait to be sent are charged to. */
	readonly account: Account;
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
	charged: number;
	held: HeldContent | undefined;
}

/** Bytes that an item takes beside its own. */
const itemCost = 128;
/** Up to this length small items are joined: many tiny ones would fill memory with objects. */
const smallItem = 256;

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
	/** Length of what was sent last, which may be what the next piece will have. */
	#last = 0;
	/** Bytes that have been taken for the next piece. */
	#reserved = 0;

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
		const length = bytes.byteLength;
		try {
			// Nearly always there is room for all of it. A text that is no longer than `coalesce` has been encoded.
			if (this.pending > 0 || length > this.#room || length > this.#owner.limits.coalesce) this.queue(bytes, isKept);
			else if (length > 0) {
				this.#last = length;
				this.#room = this.#socket.write(bytes as Bytes) ?? this.#room - length;
				this.#owner.sent(length);
			}
			if (this.#reserved > 0) this.endReserve();
		} catch (error) {
			// When the peer has left, a socket may throw before it calls onError, which it does once all has been read.
			this.#owner.close(error as Error);
		}
	}

	/** Sends what the socket takes; the rest waits. */
	private queue(bytes: Bytes | LongText, isKept: boolean): void {
		const before = this.pending;
		const { limits } = this.#owner;
		const allowed = before === 0 ? 2 * limits.highWater : this.#reserved;
		this.endReserve();
		if (this.join(bytes)) return;
		const item: Item = { bytes, charged: 0, held: undefined };
		this.#last = bytes.byteLength;
		this.#queue.push(item);
		this.pending += this.#last;
		const sent = this.flush(this.#room);
		if (sent > 0) this.#owner.sent(sent);
		if (this.pending === 0) return;
		this.#owner.account.force(itemCost);
		item.charged = itemCost;
		if (!isKept) this.charge(item, allowed);
		if (before === 0) this.#owner.setDeadline(this.beginWait());
	}

	/** Puts a small piece behind one that waits. @returns whether it could. */
	private join(bytes: Bytes | LongText): boolean {
		const last = this.#queue[this.#queue.length - 1];
		if (last === undefined || last.held !== undefined || !(last.bytes instanceof ArrayBuffer)) return false;
		const { byteLength } = bytes;
		if (!(bytes instanceof ArrayBuffer) || last.bytes.byteLength + byteLength > smallItem) return false;
		last.bytes = last.bytes.concat(bytes);
		last.charged += byteLength;
		this.#owner.account.force(byteLength);
		this.pending += byteLength;
		return true;
	}

	/**
	 * What is left of an item waits.
	 * @param allowed bytes that may do so in any case: whoever sends them has waited for room, or for the client to take all.
	 */
	private charge(item: Item, allowed: number): void {
		const { account } = this.#owner;
		const { byteLength } = item.bytes;
		if (byteLength > uncharged) item.held = account.hold(contentOf(item.bytes), byteLength);
		if (item.held !== undefined) {
			const { content } = item.held;
			if (typeof content === "string") (item.bytes as LongText).text = content;
		} else if (byteLength <= uncharged || byteLength <= allowed) {
			item.charged += byteLength;
			account.force(byteLength);
		} else throw noRoomNow();
	}

	private release({ held, charged }: Item): void {
		const { account } = this.#owner;
		if (held !== undefined) account.release(held);
		account.give(charged);
	}

	/** Whether content could be sent now, or wait. */
	fits(bytes: Bytes | LongText): boolean {
		const length = bytes.byteLength;
		const { highWater } = this.#owner.limits;
		if (this.#closed || length <= uncharged) return true;
		if (this.pending === 0 && length <= (this.#room > highWater ? this.#room : highWater)) return true;
		return this.#owner.account.canHold(contentOf(bytes), length);
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
				this.release(item);
			}
			this.#room = this.#socket.write(piece) ?? this.#room - piece.byteLength;
		}
		if (this.pending === 0) this.#rate = undefined;
		else if (this.pending < before) this.#rate?.transferred(before - this.pending);
		if (this.#waiters.length > 0 && this.mayGoOn()) this.resolve();
		return before - this.pending;
	}

	/**
	 * Resolves when no more than `highWater` bytes are pending and there is memory for another piece, or the connection
	 * has closed.
	 */
	ready(): Promise<void> {
		if (this.mayGoOn()) return Promise.resolve();
		return new Promise(resolve => this.#waiters.push(resolve));
	}

	/** Takes room for a piece like the last one, if there is any. If not, but the client has taken all, that is waited for. */
	private mayGoOn(): boolean {
		const { account, limits } = this.#owner;
		if (this.pending > limits.highWater) return false;
		if (this.#closed || this.#reserved > 0 || (this.pending === 0 && this.#last <= limits.highWater)) return true;
		const bytes = account.leastFor(this.#last);
		if (account.takeNow(bytes)) this.#reserved = bytes;
		else if (this.pending > 0) return false;
		else {
			account.wait(bytes, isGranted => {
				if (isGranted) this.#reserved = bytes;
				this.resolve();
			});
			return false;
		}
		return true;
	}

	private endReserve(): void {
		const bytes = this.#reserved;
		this.#reserved = 0;
		this.#owner.account.give(bytes);
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
		this.resolve();
		this.endReserve();
		if (this.pending === 0) return;
		for (const item of this.#queue) this.release(item);
		this.#queue.length = 0;
		this.pending = 0;
	}

	private resolve(): void {
		if (this.#waiters.length === 0) return;
		const waiters = this.#waiters;
		this.#waiters = [];
		for (const resolve of waiters) resolve();
	}
}

/** What is held as long as they wait. */
function contentOf(bytes: Bytes | LongText): string | ArrayBuffer {
	if ("next" in bytes) return bytes.text;
	return ArrayBuffer.isView(bytes) ? (bytes.buffer as ArrayBuffer) : bytes;
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

import type { Bytes } from "../../io";
import type { LongText } from "../content/long-text";
import { noRoomNow } from "../heap/no-room";
import { type Limits, uncharged } from "../limits";
import type Account from "../memory/account";
import type { HeldContent } from "../memory/held-content";
import MinRate from "./min-rate";

/** Whose bytes wait. */
export interface BacklogOwner {
	readonly limits: Pick<Limits, "highWater" | "writeTimeout" | "minRate">;
	/** What bytes that wait to be sent are charged to. */
	readonly account: Account;
}

/** What waits to be sent, and what is charged for it until all of it has left. */
interface Item {
	bytes: Bytes | LongText;
	/** Of what was allowed; and what is small, or taken beside its own bytes. */
	charged: number;
	counted: number;
	held: HeldContent | undefined;
}

/** Bytes that an item takes beside its own. */
const itemCost = 128;
/** Up to this length small items are joined: many tiny ones would fill memory with objects. */
const smallItem = 256;
/** What a Close frame or a Pong may take beyond what waits without being asked for. */
const ofControl = 2 * (itemCost + uncharged);

const nothing = new ArrayBuffer(0);

/** The bytes for which a socket has no room yet, and who waits until it has. A connection has one only while it needs it. */
export default class Backlog {
	/** Bytes that wait. */
	pending = 0;
	/** Length of what was sent last, which may be what the next piece will have. */
	last = 0;
	readonly #owner: BacklogOwner;
	readonly #items: Item[] = [];
	/** Bytes that have been taken for the next piece. */
	#reserved = 0;
	/** Bytes of small items, and of what all take beside their own, that were counted. */
	#counted = 0;
	#rate: MinRate | undefined;
	/** For all who wait for room: whoever writes on without waiting would have another with each piece. */
	#ready: Promise<void> | undefined;
	#resolve: (() => void) | undefined;
	#isClosed = false;

	constructor(owner: BacklogOwner) {
		this.#owner = owner;
	}

	/** Whether nothing waits, and nobody. */
	get isIdle(): boolean {
		return this.pending === 0 && this.#ready === undefined;
	}

	/** What may wait in any case: whoever sends it has waited for room, or for the client to take all. It is used up by that. */
	takeAllowance(): number {
		const allowed = this.pending === 0 ? 2 * this.#owner.limits.highWater : this.#reserved;
		this.endReserve();
		return allowed;
	}

	/** Puts bytes behind those that wait. */
	push(bytes: Bytes | LongText): void {
		this.last = bytes.byteLength;
		this.#items.push({ bytes, charged: 0, counted: 0, held: undefined });
		this.pending += this.last;
	}

	/** Puts a small piece behind one that waits. @returns whether it could. */
	join(bytes: Bytes | LongText): boolean {
		const item = this.#items[this.#items.length - 1];
		if (item === undefined || item.held !== undefined || !(item.bytes instanceof ArrayBuffer)) return false;
		const { byteLength } = bytes;
		if (!(bytes instanceof ArrayBuffer) || item.bytes.byteLength + byteLength > smallItem) return false;
		item.bytes = item.bytes.concat(bytes);
		this.pending += byteLength;
		this.count(item, byteLength);
		return true;
	}

	/** Whether a small item may wait. If not, that counts as refused. */
	fits(length: number): boolean {
		const bytes = itemCost + length;
		return this.#counted + bytes <= this.mostCounted || this.#owner.account.fits(bytes);
	}

	/** Small items are not asked for, up to this: so many as others may take whose client reads nothing. */
	private get mostCounted(): number {
		return 2 * this.#owner.limits.highWater;
	}

	/** Counts what is small. @throws {HttpError} 503 when there is much of it, and no memory for more. */
	private count(item: Item, bytes: number): void {
		const { account } = this.#owner;
		if (this.#counted + bytes <= this.mostCounted + ofControl) account.force(bytes);
		else if (!account.takeNow(bytes)) throw noRoomNow();
		this.#counted += bytes;
		item.counted += bytes;
	}

	/**
	 * Charges the last item, of which some may have left. If all of it has left meanwhile, it is nothing.
	 * @param allowed bytes that may wait in any case.
	 * @throws {HttpError} 503 when there is no memory for it.
	 */
	charge(isKept: boolean, allowed: number): void {
		const item = this.#items[this.#items.length - 1];
		if (item === undefined) return;
		const { account } = this.#owner;
		this.count(item, itemCost);
		if (isKept) return;
		const length = this.hold(item);
		if (item.held !== undefined) {
			const { content } = item.held;
			if (typeof content === "string") (item.bytes as LongText).text = content;
		} else if (length <= allowed) {
			item.charged = length;
			account.force(length);
		} else if (length <= uncharged) this.count(item, length);
		else throw noRoomNow();
	}

	/**
	 * Content stays in memory as a whole until the rest has left, too. Where there is no memory for that and the rest is
	 * short, it gets a place of its own.
	 * @returns the bytes that it takes.
	 */
	private hold(item: Item): number {
		const { account } = this.#owner;
		const { last } = this;
		const left = item.bytes.byteLength;
		if (last <= uncharged) return last;
		const isShort = waitingPart(last, last - left) < last;
		item.held = account.hold(contentOf(item.bytes), last, isShort);
		if (item.held !== undefined || !isShort) return last;
		if ("next" in item.bytes) item.bytes.cut();
		else item.bytes = copyOf(item.bytes);
		if (left > uncharged) item.held = account.hold(contentOf(item.bytes), left);
		return left;
	}

	/** The next bytes, at most `max`, which do not wait any more. Only while some are pending. */
	take(max: number): Bytes {
		const item = this.#items[0] as Item;
		const piece = nextPiece(item, max);
		this.pending -= piece.byteLength;
		if (item.bytes.byteLength === 0) {
			this.#items.shift();
			this.release(item);
		}
		return piece;
	}

	/** The peer has taken so many bytes, and there may be room for who waits. */
	taken(bytes: number): void {
		if (this.pending === 0) this.#rate = undefined;
		else if (bytes > 0) this.#rate?.transferred(bytes);
		if (this.#ready !== undefined && this.mayGoOn()) this.resolve();
	}

	private release({ held, charged, counted }: Item): void {
		const { account } = this.#owner;
		if (held !== undefined) account.release(held);
		this.#counted -= counted;
		account.give(charged + counted);
	}

	/** Resolves when no more than `highWater` bytes are pending and there is memory for another piece, or it is closed. */
	ready(): Promise<void> {
		if (this.mayGoOn()) return Promise.resolve();
		this.#ready ??= new Promise(resolve => {
			this.#resolve = resolve;
		});
		return this.#ready;
	}

	/** Takes room for a piece like the last one, if there is any. If not, but the client has taken all, that is waited for. */
	private mayGoOn(): boolean {
		const { account, limits } = this.#owner;
		if (this.pending > limits.highWater) return false;
		if (this.#isClosed || this.#reserved > 0 || (this.pending === 0 && this.last <= limits.highWater)) return true;
		const bytes = account.leastFor(this.last);
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

	/** What was taken for the next piece is given back: that has been sent. */
	endReserve(): void {
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

	/** The connection has closed: what is pending is dropped. */
	close(): void {
		this.#isClosed = true;
		this.resolve();
		this.endReserve();
		for (const item of this.#items) this.release(item);
		this.#items.length = 0;
		this.pending = 0;
	}

	private resolve(): void {
		const resolve = this.#resolve;
		this.#ready = this.#resolve = undefined;
		resolve?.();
	}
}

/** What is held as long as they wait. */
export const contentOf = (bytes: Bytes | LongText): string | ArrayBuffer => {
	if ("next" in bytes) return bytes.text;
	return ArrayBuffer.isView(bytes) ? (bytes.buffer as ArrayBuffer) : bytes;
};

/** Bytes that content of `length` bytes takes while it waits, when `sent` have left at once. */
export const waitingPart = (length: number, sent: number): number => {
	const left = length - sent;
	return left * 2 > length ? length : left;
};

const copyOf = (bytes: Bytes): ArrayBuffer => {
	if (!ArrayBuffer.isView(bytes)) return bytes.slice(0);
	return (bytes.buffer as ArrayBuffer).slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};

/** The next bytes of an item, at most `max`, which it has no more then. */
const nextPiece = (item: Item, max: number): Bytes => {
	const { bytes } = item;
	if ("next" in bytes) return bytes.next(max);
	const { byteLength } = bytes;
	item.bytes = byteLength <= max ? nothing : part(bytes, max, byteLength);
	return byteLength <= max ? bytes : part(bytes, 0, max);
};

const part = (bytes: Bytes, start: number, end: number): Uint8Array => {
	if (ArrayBuffer.isView(bytes))
		return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start);
	return new Uint8Array(bytes, start, end - start);
};

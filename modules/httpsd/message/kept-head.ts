import type Headers from "../headers";
import { noRoomNow } from "../heap/no-room";
import type { Limits } from "../limits";
import type { Framing } from "./framing";
import { type HeadRoom, keptCost, neededFor, parsingCost } from "./head-room";
import NativeHead from "./native-head";
import type { PartialLimits } from "./partial-head";
import type { RequestLine } from "./request-line";

// Clients repeat their field lines, and often all of a head. So the connection's last head is kept, and what has the same
// text is not parsed again: all of the head, all field lines, or single ones.

/** The head of a request: one object, for each connection keeps one. */
export interface RequestHead extends RequestLine, Framing {
	readonly headers: Headers;
	/** What it was parsed from, with the empty line at its end, if it is kept. */
	readonly text?: string;
	/** The same, when it was read in C. */
	readonly bytes?: ArrayBuffer;
	/** Whether it is known to be a GET of HTTP/1.1 without content, behind which the connection may be kept. */
	readonly isPlain?: boolean;
}

type HeadLimits = PartialLimits & Pick<Limits, "maxHeaderCount" | "maxKeptHead">;

/** Bytes of the empty line at a head's end. To ask a text for it would make an object. */
export const endLength = 4;

/** Whose heads are read. */
export interface HeadReaderOwner {
	readonly limits: HeadLimits;
	readonly account: HeadRoom;
}

/** The last head of a connection, and what its heads take of the connection's memory. */
export default class KeptHead<Owner extends HeadReaderOwner = HeadReaderOwner> {
	protected readonly owner: Owner;
	// No fields of `#`: a class with such has one slot more for each object.
	/** The last head, if it is kept. */
	last: RequestHead | undefined;
	/** Bytes that it holds, as long as it is kept or its request is answered. */
	protected held = 0;

	constructor(owner: Owner) {
		this.owner = owner;
	}

	/** Charges for a head, and keeps it as the last one if there is room. */
	protected keep(head: RequestHead, size: number, lines: number): RequestHead {
		const kept = keptCost(size, lines);
		const owner = this.owner;
		if (
			size - endLength <= owner.limits.maxKeptHead &&
			(kept === this.held || owner.account.takeNow(kept - this.held))
		) {
			this.last = head;
			this.held = kept;
		} else {
			this.last = undefined;
			// Of one that is bytes, the texts are made that its handler asks for; and of a target, its path and query besides.
			this.hold((head instanceof NativeHead ? kept : kept - size) + head.target.length);
		}
		return head;
	}

	/** Whether there is room for a long head of that kind: at once, or it is read as others are, which wait for it. */
	protected hasRoom(size: number, lines: number): boolean {
		const { account } = this.owner;
		const bytes = parsingCost(size, lines);
		const needs = neededFor(size, lines, account.reserve) - this.held;
		if (needs > 0 && !account.takeNow(needs)) return false;
		if (needs > 0) this.held += needs;
		// Its handler has its texts made when it likes, beside all else that it takes: where there may be no room for them then, they are made at once.
		return account.isThere(bytes + account.most);
	}

	/**
	 * @returns 0 where there is room to parse a long head: what was taken for it is held until it has been parsed. Else the bytes that it waits for.
	 * @throws {HttpError} 503 when XS has none now.
	 */
	protected takeRoom(size: number, lines: number): number {
		const { account } = this.owner;
		const bytes = parsingCost(size, lines);
		const needs = neededFor(size, lines, account.reserve) - this.held;
		if (needs <= 0 || account.take(needs)) {
			if (needs > 0) this.held += needs;
			// What need not be taken, and what is no more than a share, has not been asked for.
			if (!account.isThere(bytes)) throw noRoomNow();
			return 0;
		}
		return needs;
	}

	/** The request has been answered: what is not kept of its head is given back. */
	endRequest(): void {
		if (this.last === undefined && this.held > 0) this.forget();
	}

	/** Keeps the last head no longer. */
	forget(): void {
		this.last = undefined;
		this.hold(0);
	}

	private hold(bytes: number): void {
		this.owner.account.force(bytes - this.held);
		this.held = bytes;
	}
}

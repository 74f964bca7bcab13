import type { Bytes, DirectSocket, Socket } from "../../io";
import type { LongText } from "../content/long-text";
import { type Limits, uncharged } from "../limits";
import Backlog, { type BacklogOwner, contentOf, waitingPart } from "./backlog";

/** Whose output it is. */
export interface OutputOwner extends BacklogOwner {
	readonly limits: Pick<Limits, "coalesce" | "highWater" | "writeTimeout" | "minRate">;
	readonly socket: Socket;
	/** The socket's, if it has one. */
	readonly direct: DirectSocket | undefined;
	/** Whether `sent()` is listened to. */
	readonly server: { readonly countsBytes: boolean };
	/** The socket has taken so many bytes. */
	sent(bytes: number): void;
	/** Bytes wait for the peer: it has so many milliseconds to take some. */
	setDeadline(ms: number): void;
	/** The socket has failed. */
	close(error: Error): void;
}

/** Room of a socket that is closed. */
const closed = -1;

/**
 * Bytes for a socket; those that it has no room for wait in a backlog. The busiest methods come first. Each connection has
 * one, and a class with fields of `#` spends a slot more on each object: hence none here.
 */
export default class Output {
	/** Bytes that the socket has not taken yet. */
	pending = 0;
	private readonly owner: OutputOwner;
	private room = 0;
	/** There is one while anything waits, and until the end of a response that has waited. */
	backlog: Backlog | undefined;

	constructor(owner: OutputOwner) {
		this.owner = owner;
	}

	/**
	 * Sends now what there is room for, and the rest when there is. The bytes must not change until then. What waits is
	 * charged; the connection is cut off when there is no memory for it.
	 * @param isKept whether the bytes are held by others anyway, so that they cost nothing.
	 */
	send(bytes: Bytes | LongText, isKept?: boolean): void {
		const length = bytes.byteLength;
		const owner = this.owner;
		const direct = owner.direct;
		// Nearly always there is room for all of it. A text that is no longer than `coalesce` has been encoded.
		if (direct === undefined || this.backlog !== undefined) this.sendAny(bytes, isKept);
		else if (length > this.room || length > owner.limits.coalesce || length === 0) this.sendAny(bytes, isKept);
		else {
			this.room = direct.write(bytes as Bytes);
			if (owner.server.countsBytes) owner.sent(length);
		}
	}

	private sendAny(bytes: Bytes | LongText, isKept = false): void {
		const length = bytes.byteLength;
		const owner = this.owner;
		try {
			if (this.backlog !== undefined || length > this.room || length > owner.limits.coalesce) this.queue(bytes, isKept);
			else if (length > 0) {
				this.room = owner.socket.write(bytes as Bytes) ?? this.room - length;
				if (owner.server.countsBytes) owner.sent(length);
			}
		} catch (error) {
			// When the peer has left, a socket may throw before it calls onError, which it does once all has been read.
			owner.close(error as Error);
		}
	}

	/** Sends what the socket takes; the rest waits. */
	private queue(bytes: Bytes | LongText, isKept: boolean): void {
		if (this.room === closed) return;
		this.backlog ??= new Backlog(this.owner);
		const backlog = this.backlog;
		const before = backlog.pending;
		const allowed = backlog.takeAllowance();
		if (bytes.byteLength === 0) return;
		const isJoined = backlog.join(bytes);
		if (!isJoined) backlog.push(bytes);
		this.pending = backlog.pending;
		if (isJoined) return;
		const sent = this.sendPending(this.room);
		if (sent > 0) this.owner.sent(sent);
		if (backlog.pending > 0) backlog.charge(isKept, allowed);
		// Another like it takes no room either.
		if (isKept) backlog.last = 0;
		if (backlog.pending === 0) return;
		if (before === 0) this.owner.setDeadline(this.beginWait());
	}

	/** Whether content could be sent now, or wait. */
	fits(bytes: Bytes | LongText): boolean {
		const length = bytes.byteLength;
		const { account, limits } = this.owner;
		if (this.room === closed) return true;
		if (length <= uncharged) return this.backlog === undefined || this.backlog.fits(length);
		if (this.pending === 0 && length <= (this.room > limits.highWater ? this.room : limits.highWater)) return true;
		return account.canHold(contentOf(bytes), this.pending > 0 ? length : waitingPart(length, this.room));
	}

	/**
	 * The socket has room for `room` bytes.
	 * @returns how many it has taken; 0 when it has failed, too.
	 */
	flush(room: number): number {
		if (this.backlog === undefined) {
			this.room = room;
			return 0;
		}
		try {
			return this.sendPending(room);
		} catch (error) {
			this.owner.close(error as Error);
			return 0;
		}
	}

	private sendPending(room: number): number {
		this.room = room;
		const backlog = this.backlog;
		if (backlog === undefined) return 0;
		const before = this.pending;
		while (this.pending > 0 && this.room > 0) {
			const piece = backlog.take(this.room);
			this.pending = backlog.pending;
			this.room = this.owner.socket.write(piece) ?? this.room - piece.byteLength;
		}
		const sent = before - this.pending;
		if (before > 0) backlog.taken(sent);
		return sent;
	}

	/**
	 * Resolves when no more than `highWater` bytes are pending and there is memory for another piece, or the connection
	 * has closed.
	 */
	ready(): Promise<void> {
		return this.backlog === undefined ? Promise.resolve() : this.backlog.ready();
	}

	/** A response has ended: what only it needed goes, once it has left. @returns whether it has. */
	endResponse(): boolean {
		if (this.pending > 0) return false;
		this.backlog?.endReserve();
		if (this.backlog?.isIdle) this.backlog = undefined;
		return true;
	}

	/** Begins to wait until the peer takes some of what is pending. @returns the milliseconds that it has. */
	beginWait(): number {
		return (this.backlog as Backlog).beginWait();
	}

	/** Milliseconds since the peer took any of what is pending; `undefined` when nothing is. */
	get waitedFor(): number | undefined {
		return this.backlog?.waitedFor;
	}

	/** The connection has closed: what is pending is dropped, and nothing more is sent. */
	close(): void {
		this.room = closed;
		this.pending = 0;
		this.backlog?.close();
		this.backlog = undefined;
	}
}

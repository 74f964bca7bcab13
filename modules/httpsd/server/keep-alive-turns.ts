import Time from "time";
import type { Limits } from "../limits";

/** What decides whether the turn of a connection is over. */
export interface Turn {
	/** When it was accepted, in ticks. */
	readonly since: number;
	/** Requests that have begun on it. */
	readonly requests: number;
}

/**
 * Which kept connections must close while others wait to be accepted: those that are older than `busyKeepAlive`, and no
 * more of them than wait. A turn is a time and not a number of requests, because each change costs a handshake: so
 * handshakes take a bounded share of the time, however fast requests are. A connection that was told to close counts as
 * a free place for `purgeAfter`; after that, one that is busy with a long download does not count. Where clients kept
 * their places without using them until one was closed, the turn of those that come next is their first request, for
 * `busyKeepAlive`: they may be alike, and each would keep the others out for as long again.
 */
export default class KeepAliveTurns {
	readonly #limits: Pick<Limits, "busyKeepAlive" | "purgeAfter">;
	/** The connections that were told to close and are still open, and when they were told. */
	readonly #closing = new Map<Turn, number>();
	/** When one was told last. */
	#told: number | undefined;
	/** When one was closed that its client had kept without using it. */
	#unused: number | undefined;

	constructor(limits: Pick<Limits, "busyKeepAlive" | "purgeAfter">) {
		this.#limits = limits;
	}

	/** Whether a connection may be kept after its response, while `waiting` others wait. If not, it is to close. */
	mayKeep(connection: Turn, waiting: number): boolean {
		const now = Time.ticks;
		const isOver = this.isOld(connection, now) || (connection.requests === 1 && this.isUnusedKept(now));
		return !isOver || !this.tell(connection, waiting, now);
	}

	/**
	 * Whether a connection may be kept after its response while none waits, but one may come: one at a time is to close,
	 * so that there is a place then.
	 */
	mayKeepAhead(connection: Turn): boolean {
		const now = Time.ticks;
		if (this.#told !== undefined && elapsed(this.#told, now) < this.#limits.purgeAfter) return true;
		return !this.isOld(connection, now) || !this.tell(connection, 1, now);
	}

	/** A connection was closed for one that waited, since its client had kept it without using it. */
	closedUnused(): void {
		this.#unused = Time.ticks;
	}

	/** The connection has closed. */
	closed(connection: Turn): void {
		this.#closing.delete(connection);
	}

	private isOld({ since }: Turn, now: number): boolean {
		return elapsed(since, now) >= this.#limits.busyKeepAlive;
	}

	private isUnusedKept(now: number): boolean {
		return this.#unused !== undefined && elapsed(this.#unused, now) < this.#limits.busyKeepAlive;
	}

	/** Whether the connection is to be told that it closes, because fewer than `waiting` have been told. */
	private tell(connection: Turn, waiting: number, now: number): boolean {
		if (this.closingSoon(now) >= waiting) return false;
		this.#closing.set(connection, now);
		this.#told = now;
		return true;
	}

	private closingSoon(now: number): number {
		let count = 0;
		for (const told of this.#closing.values()) if (elapsed(told, now) < this.#limits.purgeAfter) count++;
		return count;
	}
}

/** Ticks have 32 bits, so after 49 days a connection seems new, and has another turn. */
function elapsed(from: number, to: number): number {
	return (to - from) >>> 0;
}

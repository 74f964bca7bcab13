import Time from "time";
import type { Limits } from "../limits";

/** What decides whether the turn of a connection is over. */
export interface Turn {
	/** When it was accepted, in ticks. */
	readonly since: number;
}

/**
 * Which kept connections must close while others wait to be accepted: those that are older than `busyKeepAlive`, and no
 * more of them than wait. A turn is a time and not a number of requests, because each change costs a handshake: so
 * handshakes take a bounded share of the time, however fast requests are. A connection that was told to close counts as
 * a free place for `purgeAfter`; after that, one that is busy with a long download does not count.
 */
export default class KeepAliveTurns {
	readonly #limits: Pick<Limits, "busyKeepAlive" | "purgeAfter">;
	/** The connections that were told to close and are still open, and when they were told. */
	readonly #closing = new Map<Turn, number>();
	/** When one was told last. */
	#told: number | undefined;

	constructor(limits: Pick<Limits, "busyKeepAlive" | "purgeAfter">) {
		this.#limits = limits;
	}

	/** Whether a connection may be kept after its response, while `waiting` others wait. If not, it is to close. */
	mayKeep(connection: Turn, waiting: number): boolean {
		const now = Time.ticks;
		if (elapsed(connection.since, now) < this.#limits.busyKeepAlive || this.closingSoon(now) >= waiting) return true;
		this.#closing.set(connection, now);
		this.#told = now;
		return false;
	}

	/**
	 * Whether a connection may be kept after its response while none waits, but one may come: one at a time is to close,
	 * so that there is a place then.
	 */
	mayKeepAhead(connection: Turn): boolean {
		const now = Time.ticks;
		if (this.#told !== undefined && elapsed(this.#told, now) < this.#limits.purgeAfter) return true;
		return this.mayKeep(connection, 1);
	}

	/** The connection has closed. */
	closed(connection: Turn): void {
		this.#closing.delete(connection);
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

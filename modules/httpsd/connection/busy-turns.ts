import Time from "time";
import type { Limits } from "../limits";

/** A connection as far as its turn goes. */
export interface Turn {
	/** When it was accepted, in ticks. */
	readonly since: number;
}

/**
 * Which kept connections leave while others wait: those that have had `busyKeepAlive`, and no more than wait. A turn is
 * a time, not a count, because a place that changes hands costs a handshake: so the share of the time that handshakes
 * take has a bound, however fast requests are. Who is told to leave stands for one that waits for `purgeAfter`; a
 * long download that takes longer does not keep the others' places shut.
 */
export default class BusyTurns {
	readonly #limits: Pick<Limits, "busyKeepAlive" | "purgeAfter">;
	/** When those that have not left yet were told to. */
	readonly #leaving = new Map<Turn, number>();

	constructor(limits: Pick<Limits, "busyKeepAlive" | "purgeAfter">) {
		this.#limits = limits;
	}

	/** Whether a connection that answers a request goes on behind it, while that many others wait. */
	goesOn(connection: Turn, waiting: number): boolean {
		const now = Time.ticks;
		if (elapsed(connection.since, now) < this.#limits.busyKeepAlive || this.comingFree(now) >= waiting) return true;
		this.#leaving.set(connection, now);
		return false;
	}

	/** The connection has ended. */
	left(connection: Turn): void {
		this.#leaving.delete(connection);
	}

	private comingFree(now: number): number {
		let count = 0;
		for (const told of this.#leaving.values()) if (elapsed(told, now) < this.#limits.purgeAfter) count++;
		return count;
	}
}

/** Ticks have 32 bits: a connection that is as old as they reach, 49 days, has another turn. */
function elapsed(from: number, to: number): number {
	return (to - from) >>> 0;
}

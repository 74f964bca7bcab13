import Time from "time";
import type { Limits } from "../limits";

export type IdleLimits = Pick<Limits, "purgeAfter" | "busyHeadTimeout" | "busyBodyTimeout">;

/** What is asked of a connection. */
interface IdleConnection {
	readonly since: number;
	readonly requests: number;
	readonly isLeaving: boolean;
	readonly idleFor: number | undefined;
}

/** Requests from which on the pauses between them tell when a next one may come. */
const enoughRequests = 4;
/** Such pauses that pass without a request before none is expected. */
const missedPauses = 3;
/** Of such a pause, how far before and behind its end a request is expected: nobody makes room then. */
const dueWithin = 1 / 8;

/**
 * Which idle connection is closed for a new one. A client may use a kept one at any moment, and what it sends just then is
 * lost; if it is a POST, for good. So those go first on which nothing can be lost much: that have had their last
 * response, or have not sent a request; and of the others those of which none is expected now. Clients that poll are
 * told to close in a response instead: they send the next one within the time that a connection is waited for.
 */
export default class Idleness {
	readonly #limits: IdleLimits;

	constructor(limits: IdleLimits) {
		this.#limits = limits;
	}

	/** @returns the connection to close; the milliseconds until there may be one; `undefined` while none is idle. */
	find<T extends IdleConnection>(connections: Iterable<T>): T | number | undefined {
		let found: T | undefined;
		let best = 0;
		let soonest: number | undefined;
		for (const connection of connections) {
			const { idleFor } = connection;
			if (idleFor === undefined) continue;
			const left = this.left(connection, idleFor);
			if (soonest === undefined || left < soonest) soonest = left;
			const rank = left > 0 ? 0 : rankOf(connection, idleFor);
			if (rank <= best) continue;
			found = connection;
			best = rank;
		}
		return found ?? soonest;
	}

	/** Milliseconds until one that has been idle for so long may be closed. */
	left(connection: IdleConnection, idleFor: number): number {
		const { purgeAfter, busyHeadTimeout, busyBodyTimeout } = this.#limits;
		if (isUnused(connection)) return purgeAfter - idleFor;
		if (connection.requests < enoughRequests) return purgeAfter + busyHeadTimeout - idleFor;
		const pause = pauseOf(connection, idleFor);
		const left = Math.max(purgeAfter, Math.min(missedPauses * pause, busyBodyTimeout)) - idleFor;
		const isDue = left <= 0 && Math.abs(idleFor - pause) < dueWithin * pause;
		return isDue ? pause * (1 + dueWithin) - idleFor : left;
	}
}

function isUnused({ requests, isLeaving }: IdleConnection): boolean {
	return requests === 0 || isLeaving;
}

/** The higher, the sooner it is closed: unused ones first, then those that are farthest from their usual pause. */
function rankOf(connection: IdleConnection, idleFor: number): number {
	if (isUnused(connection)) return Number.MAX_SAFE_INTEGER / 2 + idleFor;
	return 1 + Math.abs(idleFor - pauseOf(connection, idleFor));
}

/** Milliseconds from one request to the next, on average. */
function pauseOf({ since, requests }: IdleConnection, idleFor: number): number {
	return requests < 2 ? 0 : (((Time.ticks - since) >>> 0) - idleFor) / (requests - 1);
}

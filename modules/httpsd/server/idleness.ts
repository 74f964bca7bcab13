import Time from "time";
import type { Limits } from "../limits";
import AnswerPauses from "./answer-pauses";

export type IdleLimits = Pick<Limits, "purgeAfter" | "busyHeadTimeout" | "busyBodyTimeout">;

/** What is asked of a connection. */
interface IdleConnection {
	readonly since: number;
	readonly requests: number;
	readonly isLeaving: boolean;
	readonly idleFor: number | undefined;
}

/** Of the usual pause of a client, how far before and behind its end a request is expected: nobody makes room then. */
const dueWithin = 1 / 8;
/** Such pauses that pass without a request before the client has forgotten its connection. */
const missedPauses = 3;
/** Requests from which on the pauses between them tell so. */
const enoughRequests = 8;

/**
 * Which idle connection is closed for a new one. A client may use a kept one at any moment, and what it sends just then is
 * lost; if it is a POST, for good. So those go first on which nothing can be lost much: that have had their last
 * response, or have not sent a request. Of the others none is closed while the server answers requests: one of the answers
 * tells its client that the connection ends, by which nothing is lost. Only when it falls silent, or one has been idle for
 * very long, that one goes of which no request is expected now.
 */
export default class Idleness {
	readonly #limits: IdleLimits;
	readonly pauses: AnswerPauses;

	constructor(limits: IdleLimits) {
		this.#limits = limits;
		this.pauses = new AnswerPauses(limits);
	}

	/**
	 * @param waited milliseconds for which a new one has waited.
	 * @returns the connection to close; the milliseconds until there may be one; `undefined` while none is idle.
	 */
	find<T extends IdleConnection>(connections: Iterable<T>, waited: number): T | number | undefined {
		let found: T | undefined;
		let best = 0;
		let soonest: number | undefined;
		const quiet = this.quietIn(connections);
		for (const connection of connections) {
			const { idleFor } = connection;
			if (idleFor === undefined) continue;
			const left = this.left(connection, idleFor, waited, quiet);
			if (soonest === undefined || left < soonest) soonest = left;
			const rank = left > 0 ? 0 : rankOf(connection, idleFor);
			if (rank <= best) continue;
			found = connection;
			best = rank;
		}
		return found ?? soonest;
	}

	/** Whether one that has been idle for so long may be closed. */
	mayClose<T extends IdleConnection>(
		connection: T,
		idleFor: number,
		connections: Iterable<T>,
		waited: number
	): boolean {
		return this.left(connection, idleFor, waited, this.quietIn(connections)) <= 0;
	}

	/**
	 * Milliseconds until no answer is expected any more. First requests of new connections do not count where there are others: they
	 * say nothing of those that are kept, and each would put off the place of the next that waits.
	 */
	private quietIn(connections: Iterable<IdleConnection>): number {
		const silence = silenceOf(connections, 2) ?? silenceOf(connections, 1);
		return silence === undefined ? 0 : this.pauses.patience - silence;
	}

	/** Milliseconds until it may be closed. */
	private left(connection: IdleConnection, idleFor: number, waited: number, quiet: number): number {
		const { purgeAfter, busyBodyTimeout } = this.#limits;
		const least = purgeAfter - idleFor;
		if (isUnused(connection)) return least;
		const pause = pauseOf(connection, idleFor) ?? Number.POSITIVE_INFINITY;
		const missed = connection.requests < enoughRequests ? Number.POSITIVE_INFINITY : missedPauses * pause;
		const forgotten = Math.max(missed, busyBodyTimeout) - idleFor;
		const left = Math.max(least, Math.min(quiet, Math.max(forgotten, purgeAfter - waited)));
		const isDue = left <= 0 && Math.abs(idleFor - pause) < dueWithin * pause;
		return isDue ? pause * (1 + dueWithin) - idleFor : left;
	}
}

/**
 * The higher, the sooner it is closed: unused ones first, then those that have been forgotten, then that whose next
 * request is farthest.
 */
const rankOf = (connection: IdleConnection, idleFor: number): number => {
	if (isUnused(connection)) return 3e12 + idleFor;
	const pause = pauseOf(connection, idleFor) ?? 2 * idleFor;
	return idleFor >= missedPauses * pause ? 2e12 + idleFor : 1e12 + pause - idleFor;
};

/** Milliseconds since the last answer on an idle connection that has had at least so many. */
const silenceOf = (connections: Iterable<IdleConnection>, requests: number): number | undefined => {
	let silence: number | undefined;
	for (const connection of connections) {
		const { idleFor } = connection;
		if (idleFor === undefined || isUnused(connection) || connection.requests < requests) continue;
		if (silence === undefined || idleFor < silence) silence = idleFor;
	}
	return silence;
};

const isUnused = ({ requests, isLeaving }: IdleConnection): boolean => {
	return requests === 0 || isLeaving;
};

/** Milliseconds from one request to the next, on average; `undefined` of one that has sent one alone. */
const pauseOf = ({ since, requests }: IdleConnection, idleFor: number): number | undefined => {
	return requests < 2 ? undefined : (((Time.ticks - since) >>> 0) - idleFor) / (requests - 1);
};

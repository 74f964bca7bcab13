import Time from "time";
import type { AcceptedConnection } from "../connection/connection-server";
import HttpError from "../http-error";
import type { Limits } from "../limits";
import { fixedCosts } from "../memory/costs";
import { networkOf } from "../values/network";
import Idleness, { type IdleLimits } from "./idleness";

/** What decides which connection is closed for a new one. */
export interface PooledConnection extends AcceptedConnection {
	/**
	 * For how many milliseconds it could have been closed for a new one; negative: so long until it can be. `undefined`
	 * while a request is answered.
	 */
	readonly idleFor: number | undefined;
	/** Whether it has been sent its last response. */
	readonly isLeaving: boolean;
	/** For how many milliseconds the server has waited for its client; `undefined` when it does not wait. */
	readonly waitedFor: number | undefined;
	/** What it holds of the server's `memory`. */
	readonly account: { readonly held: number; readonly isWaiting: boolean };
	/** Frees the memory that it can do without. */
	relieve(): void;
	/** The server is stopping. */
	stop(): void;
}

type PoolLimits = IdleLimits & Pick<Limits, "memory" | "maxConnections" | "maxPerAddress">;

/** What goes on, perhaps without a connection. */
export interface PoolHandlers {
	readonly mayAccept: boolean;
	/** Connections without end. */
	readonly longLived: number;
}

/** The connections of a server, and which of them is closed when there are too many. */
export default class ConnectionPool {
	readonly #limits: PoolLimits;
	readonly #handlers: PoolHandlers;
	readonly #idleness: Idleness;
	readonly #connections = new Set<AcceptedConnection>();

	/** @param handlers where handlers go on without a connection: beside them there may be no room for as many as there are places. */
	constructor(limits: PoolLimits, handlers: PoolHandlers) {
		this.#limits = limits;
		this.#handlers = handlers;
		this.#idleness = new Idleness(limits);
	}

	get size(): number {
		return this.#connections.size;
	}

	/** All of them, in the order they were accepted. */
	get all(): PooledConnection[] {
		return [...this.#connections] as PooledConnection[];
	}

	/** Whether another must be closed before a new one is accepted. */
	get isFull(): boolean {
		return this.#connections.size >= this.#limits.maxConnections || !this.#handlers.mayAccept;
	}

	/** Others need memory: all give back what they can do without, and who was waited for too long ends, but not here. */
	relieve(): void {
		for (const connection of this.#connections as Iterable<PooledConnection>) {
			connection.relieve();
			if (this.isSlow(connection)) Promise.resolve().then(() => this.isSlow(connection) && connection.destroy());
		}
	}

	/** Whether it holds what its client does not complete or take. A request that is read piece by piece holds less. */
	private isSlow({ waitedFor, account }: PooledConnection): boolean {
		const { busyBodyTimeout, memory, maxConnections } = this.#limits;
		const little = fixedCosts.content + memory / maxConnections / 2;
		return waitedFor !== undefined && waitedFor >= busyBodyTimeout && account.held > little && !account.isWaiting;
	}

	/** A request is answered while places are scarce. */
	answered(): void {
		this.#idleness.pauses.answered();
	}

	add(connection: PooledConnection): void {
		this.#connections.add(connection);
	}

	delete(connection: AcceptedConnection): void {
		this.#connections.delete(connection);
	}

	/**
	 * The connection to close for a new one: an idle one, see {@link Idleness}, else the one that the server has waited for
	 * longest, or that has kept all others out, if it is long enough.
	 * @param newcomer milliseconds for which a new one has waited.
	 * @returns it; or the milliseconds until it is worth asking again; `undefined` when there is none.
	 */
	findReplaceable(newcomer: number): PooledConnection | number | undefined {
		const connections = this.#connections as Iterable<PooledConnection>;
		const idle = this.#idleness.find(connections, newcomer);
		if (typeof idle === "object") return idle;
		const waited = longest(connections, each => this.heldFor(each));
		const left = waited && this.#limits.busyBodyTimeout - (this.heldFor(waited) ?? 0);
		if (idle !== undefined || left === undefined) return idle;
		return left <= 0 ? waited : Math.min(left, this.#limits.purgeAfter);
	}

	/** Whether it may still be closed for a new one, which has waited for so many milliseconds. */
	mayReplace(connection: PooledConnection, newcomer: number): boolean {
		if (!this.#connections.has(connection)) return false;
		const { idleFor } = connection;
		if (idleFor !== undefined) {
			const connections = this.#connections as Iterable<PooledConnection>;
			return this.#idleness.mayClose(connection, idleFor, connections, newcomer);
		}
		return (this.heldFor(connection) ?? 0) >= this.#limits.busyBodyTimeout;
	}

	/**
	 * Milliseconds for which the server has waited for its client; where none but those without end have places, as with one place any may,
	 * those for which it has been there: nobody else would ever be answered.
	 */
	private heldFor({ waitedFor, since }: PooledConnection): number | undefined {
		if (waitedFor !== undefined || this.#handlers.longLived < this.size) return waitedFor;
		return (Time.ticks - since) >>> 0;
	}

	/** @throws {HttpError} when it may not be closed for a new one any more. */
	checkReplaceable(connection: PooledConnection, newcomer: number): PooledConnection {
		if (!this.mayReplace(connection, newcomer))
			throw new HttpError(503, "PLACES", "There is no place for the connection");
		return connection;
	}

	/**
	 * The longest idle connection of an address that has its share; `undefined` when it has not.
	 * @throws {HttpError} when it has, and none is idle.
	 */
	findOfSameNetwork(address: string | undefined): PooledConnection | undefined {
		const { maxPerAddress } = this.#limits;
		if (this.#connections.size < maxPerAddress || address === undefined) return undefined;
		const network = networkOf(address);
		const others = this.all.filter(({ remoteAddress = "" }) => networkOf(remoteAddress) === network);
		if (others.length < maxPerAddress) return undefined;
		const oldest = longest(others, each => each.idleFor);
		if (oldest?.idleFor === undefined || oldest.idleFor < 0)
			throw new HttpError(429, "ADDRESS_LIMIT", "Address has its share of connections");
		return oldest;
	}
}

/** The connection with the longest such time; `undefined` where none has one. */
const longest = (
	connections: Iterable<PooledConnection>,
	timeOf: (connection: PooledConnection) => number | undefined
): PooledConnection | undefined => {
	let oldest: PooledConnection | undefined;
	const never = Number.NEGATIVE_INFINITY;
	for (const connection of connections)
		if ((timeOf(connection) ?? never) > (oldest === undefined ? never : (timeOf(oldest) ?? never))) oldest = connection;
	return oldest;
};

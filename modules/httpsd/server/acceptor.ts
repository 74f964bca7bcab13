import Time from "time";
import type { ListenerIO, Socket } from "../../io";
import type Deadlines from "../async/deadlines";
import type { Deadline } from "../async/deadlines";
import { whenReported } from "../async/next-turn";
import type { AcceptedConnection } from "../connection/connection-server";
import type { Limits } from "../limits";
import ConnectionPool, { type PooledConnection, type PoolHandlers } from "./connection-pool";
import KeepAliveTurns from "./keep-alive-turns";

/** Whose connections are accepted. */
interface AcceptorOwner {
	readonly limits: Readonly<Limits>;
	readonly deadlines: Deadlines;
	readonly handlers: PoolHandlers & { readonly mayAccept: boolean; isAwaited: boolean };
	/** Whether a connection may be taken from TCP, beside so many that are not read yet. */
	mayBegin(pending: number): boolean;
	/** Makes a connection of an accepted socket. */
	connect(socket: Socket): PooledConnection;
	/** The connection is in the pool. Does not throw. */
	connected(connection: PooledConnection): void;
	/** A socket could not be made a connection, and is closed. Does not throw. */
	refused(error: unknown, remoteAddress: string | undefined): void;
}

/** Milliseconds until room, or a socket for which there was no memory, is asked for again. */
const readAgain = 100;
/** Milliseconds for which room is left to one of the other port that has waited longer. */
const maxBehind = 500;

/** Accepts connections as long as there are places, and makes places by closing connections that may be closed. */
export default class Acceptor {
	readonly pool: ConnectionPool;
	readonly #turns: KeepAliveTurns;
	readonly #owner: AcceptorOwner;
	#listener: ListenerIO | undefined;
	/** Connections that the listener has announced and that are not accepted yet: only then `onIdle()` need be called. */
	waiting = 0;
	/** When the first of them came, or another got a place, in ticks. */
	#waitingSince = 0;
	/** The same of those for which XS has no room before their handshakes. */
	#starvedSince: number | undefined;
	#isAccepting = false;
	/** Whether a connection is about to be closed for a new one, in the next turn. */
	#isReplacing = false;
	/** Whether a connection had to wait for a place not long ago. */
	#isScarce = false;
	/** Whether that is so, or all places are taken: only then `mayKeep()` need be asked. */
	isTight = false;
	/** That of another port, whose connections take room in XS too, and since when it has left it some: no slots where there is none. */
	declare beside?: Acceptor;
	declare private behindSince?: number | undefined;
	readonly #retry: Deadline = { deadline: undefined, expire: () => this.accept() };
	readonly #calm: Deadline = {
		deadline: undefined,
		expire: () => {
			this.#isScarce = false;
			this.isTight = this.pool.isFull;
		}
	};

	constructor(owner: AcceptorOwner) {
		this.#owner = owner;
		this.pool = new ConnectionPool(owner.limits, owner.handlers);
		this.#turns = new KeepAliveTurns(owner.limits);
	}

	/**
	 * Whether a connection may be kept after its response. While places are scarce, one is to become free in time: who is
	 * told in a response that the connection ends loses nothing, unlike the one whose idle connection is closed.
	 */
	mayKeep(connection: AcceptedConnection): boolean {
		if (!this.isTight) return true;
		this.pool.answered();
		if (!this.#isScarce) return true;
		const waiting = this.waiting || this.besideWaiting;
		if (waiting > 0 || this.#starvedSince !== undefined) return this.#turns.mayKeep(connection, waiting || 1);
		return !this.pool.isFull || this.#turns.mayKeepAhead(connection);
	}

	/** A connection may be closed for a new one from now on, or later. */
	onIdle(): void {
		if (this.waiting > 0) this.accept();
	}

	get listener(): ListenerIO | undefined {
		return this.#listener;
	}

	/** Accepts connections of this listener, which reports them by `readable()`. */
	begin(listener: ListenerIO): void {
		this.#listener = listener;
		if ("mayAccept" in listener)
			listener.mayAccept = pending => {
				const mayBegin = this.#owner.mayBegin(pending) && !this.isBehind;
				if (!mayBegin) this.makeRoom();
				else if (this.waiting === 0) this.#starvedSince = undefined;
				return mayBegin;
			};
	}

	/** Connections wait for room before their handshakes: as for one that waits for a place, another is closed that may be. */
	private makeRoom(): void {
		if (this.waiting > 0 || this.#isReplacing) return;
		this.#starvedSince ??= Time.ticks;
		const replaced = this.findReplaceable();
		if (replaced !== undefined) this.closeLater(replaced, this.waited);
	}

	/**
	 * As for one that waits at its own port, one is closed that may be.
	 * @returns the milliseconds until it is worth asking again; `undefined` when none is or will be idle.
	 */
	private giveWay(waited: number): number | undefined {
		if (this.pool.size === 0) return undefined;
		const found = this.find(waited);
		if (typeof found !== "object") return found;
		if (!this.#isReplacing) this.closeLater(found, waited);
		return readAgain;
	}

	/** For want of room in XS, which the new one may find then. Not by `replace()`: a moment later it may not be so, and to throw in a timer ends XS. */
	private closeLater(replaced: PooledConnection, waited: number): void {
		this.later(() => {
			if (this.pool.mayReplace(replaced, waited)) this.closeFor(replaced);
		});
	}

	/** Closes the listener. The connections stay. */
	end(): void {
		this.#listener?.close();
		this.#listener = undefined;
		this.waiting = 0;
		this.#starvedSince = undefined;
		this.#owner.deadlines.clear(this.#retry);
		this.#owner.deadlines.clear(this.#calm);
		this.#isScarce = false;
		this.isTight = this.pool.isFull;
	}

	/** So many connections wait to be accepted. */
	readable(count: number): void {
		if (this.waiting === 0) this.#waitingSince = Time.ticks;
		this.waiting = count;
		this.accept();
	}

	/** A connection has closed. */
	closed(connection: AcceptedConnection): void {
		this.pool.delete(connection);
		// There may be room now: XS is asked again.
		this.#owner.handlers.isAwaited = false;
		this.isTight = this.#isScarce;
		this.#turns.closed(connection);
	}

	private accept(): void {
		if (this.#isAccepting) return;
		this.#isAccepting = true;
		while (this.#listener !== undefined && this.waiting > 0 && !this.#isReplacing) {
			const { isComplete } = this.pool;
			const isFull = isComplete || !this.#owner.handlers.mayAccept || this.isBehind;
			const replaced = isFull ? this.findReplaceable() : undefined;
			if (!isFull) {
				if (!this.acceptOne(undefined)) break;
			} else if (replaced === undefined) break;
			else if (isComplete) this.later(() => this.pool.mayReplace(replaced, this.waited) && this.acceptOne(replaced));
			else this.closeLater(replaced, this.waited);
		}
		this.#isAccepting = false;
	}

	/**
	 * Accepts the next connection, in the place of `replaced`.
	 * @returns `false` when the C heap has no room for its socket: it is asked for again. To throw here, where TCP or a timer has called, ends XS.
	 */
	private acceptOne(replaced: PooledConnection | undefined): boolean {
		const { waited } = this;
		let socket: Socket | undefined;
		try {
			socket = this.#listener?.read();
		} catch (error) {
			this.#owner.deadlines.set(this.#retry, readAgain);
			this.#owner.refused(error, undefined);
			return false;
		}
		if (socket === undefined) this.waiting = 0;
		else {
			this.waiting--;
			this.#waitingSince = Time.ticks;
			if (this.behindSince !== undefined) this.behindSince = undefined;
			this.take(socket, replaced, waited);
		}
		return true;
	}

	/** How many wait for room at the other port. */
	private get besideWaiting(): number {
		return this.beside === undefined || this.beside.pool.isComplete ? 0 : this.beside.waiting;
	}

	/** Whether a plain one that has waited longer, and for a turn, is to have the room that there is: for a moment, in which it asks. None waits so for TLS. */
	private get isBehind(): boolean {
		const { beside } = this;
		const waited = this.waiting > 0 || this.#starvedSince !== undefined ? this.waited : 0;
		if (this.besideWaiting === 0 || beside === undefined || !("mayAccept" in (this.#listener ?? {}))) return false;
		if (beside.waited <= waited || beside.waited < this.#owner.limits.busyKeepAlive) return false;
		this.behindSince ??= Time.ticks;
		if ((Time.ticks - this.behindSince) >>> 0 >= maxBehind) return false;
		this.#owner.deadlines.set(this.#retry, readAgain);
		return true;
	}

	/** Milliseconds for which the first has waited. */
	private get waited(): number {
		const since = this.waiting > 0 ? this.#waitingSince : (this.#starvedSince ?? this.#waitingSince);
		return (Time.ticks - since) >>> 0;
	}

	/**
	 * Calls `replace` when what has come by now has been reported. A client that seemed idle may have sent a request, which
	 * must not be lost because others were looked at first.
	 */
	private later(replace: () => void): void {
		this.#isReplacing = true;
		const act = () => {
			this.#isReplacing = false;
			// What is closed by it must not have another accepted in the place that it makes.
			this.#isAccepting = true;
			replace();
			this.#isAccepting = false;
			// In a turn of their own, in which what was closed is garbage: the calls that have led here hold it still.
			whenReported(() => this.accept());
		};
		whenReported(act);
	}

	/**
	 * Takes a connection, in the place of one of its own network if that has its share, else of `replaced`.
	 * @param waited milliseconds for which it has waited.
	 * @param isLater whether what has come has been reported.
	 */
	private take(socket: Socket, replaced: PooledConnection | undefined, waited: number, isLater = false): void {
		if (this.#listener === undefined) {
			socket.close();
			return;
		}
		// Not when it has failed, for it may have been taken over, and says nothing then but that it is closed.
		const { remoteAddress } = socket;
		try {
			const own = this.pool.findOfSameNetwork(remoteAddress);
			if (own !== undefined && !isLater) {
				this.later(() => this.take(socket, replaced, waited, true));
				return;
			}
			if (own !== undefined) own.destroy();
			else if (replaced !== undefined && this.pool.isComplete) this.replace(replaced, waited);
			const connection = this.#owner.connect(socket);
			this.pool.add(connection);
			this.isTight = this.#isScarce || this.pool.isFull;
			this.#owner.connected(connection);
		} catch (error) {
			socket.close();
			this.#owner.refused(error, remoteAddress);
		}
	}

	/** @throws {HttpError} when it may not be closed any more. */
	private replace(replaced: PooledConnection, waited: number): void {
		this.closeFor(this.pool.checkReplaceable(replaced, waited));
	}

	private closeFor(replaced: PooledConnection): void {
		const { idleFor, requests, isLeaving } = replaced;
		if (idleFor !== undefined && requests > 0 && !isLeaving) this.#turns.closedUnused();
		replaced.destroy();
	}

	/** The connection to close for a new one; if there is none yet, `accept()` is called when there will be. */
	private findReplaceable(): PooledConnection | undefined {
		const { waited } = this;
		const found = this.find(waited);
		if (typeof found === "object") return found;
		// For want of a place another port makes none.
		const beside = this.pool.isComplete ? undefined : this.beside?.giveWay(waited);
		const soonest = Math.min(found ?? never, beside ?? never);
		if (soonest < never) this.#owner.deadlines.set(this.#retry, soonest);
		return undefined;
	}

	/** It, or the milliseconds until there may be one, by {@link ConnectionPool.findReplaceable}: connections are scarce from now on. */
	private find(waited: number): PooledConnection | number | undefined {
		const { deadlines, limits } = this.#owner;
		this.#isScarce = this.isTight = true;
		deadlines.set(this.#calm, limits.busyBodyTimeout);
		return this.pool.findReplaceable(waited);
	}
}

const never = Number.POSITIVE_INFINITY;

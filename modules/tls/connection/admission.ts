import Time from "time";
import Timer from "timer";
import { limits } from "../limits";
import SharedTimer from "./shared-timer";

const { handshakeReads, stallTimeout } = limits;

/** A connection's handshake slot: not requested, waited for, held, lost since its peer stalls, or released. */
export type SlotState = "none" | "waiting" | "held" | "stalled" | "released";

/** What admission keeps in a connection. */
export interface SlotHolder {
	slot: SlotState;
	/** Bytes that are kept for it: it has not allocated them yet. */
	reserved: number;
	/** Reads since it was given its slot. */
	reads: number;
	/** Ticks at which its peer is taken to have stalled. */
	stallsAt: number;
}

export interface AdmissionOptions<Connection extends SlotHolder> {
	/** Handshakes at once. */
	maxHandshakes: number;
	/** Bytes that must be free in one block before this handshake begins; before one of which nothing is known without it. */
	handshakeMemory(connection?: Connection): number;
	/** The largest free block, bytes; `undefined` where there is no bound. */
	largestBlock(): number | undefined;
	/** Bytes that are free in all; `undefined` where nobody knows. */
	free(): number | undefined;
	/** The connection holds a slot; it calls `hasAllocated` or `release`, now or later. */
	begin(connection: Connection): void;
	/** The connection cannot be given a slot for lack of memory. */
	fail(connection: Connection, error: unknown): void;
	/** A connection waits for memory: drops one that stalls; `false` when there is none. */
	freeMemory(): boolean;
}

/**
 * Handshake slots, given in the order of requests: not more than `maxHandshakes` at once, and none for which memory would
 * not suffice. Other connections wait, they do not fail (row Z3); those that take less than the first one pass it, one at a
 * time, only while no handshake is under way that would give memory back. A handshake whose peer stalls goes on without
 * its slot, so that it delays no other (row Z2).
 */
export default class Admission<Connection extends SlotHolder> {
	readonly #options: AdmissionOptions<Connection>;
	#waiting: Connection[] = [];
	readonly #holders = new Set<Connection>();
	/** Bytes. */
	#reserved = 0;
	readonly #stallTimer = new SharedTimer(now => this.takeStalled(now));
	#memoryTimer: Timer | undefined;

	constructor(options: AdmissionOptions<Connection>) {
		this.#options = options;
	}

	/** A connection waits for a slot. */
	get hasWaiting(): boolean {
		return this.#waiting.length > 0;
	}

	/** Requests a slot, which may be given before this returns. Further requests are ignored. */
	request(connection: Connection): void {
		if (connection.slot !== "none") return;
		connection.slot = "waiting";
		this.#waiting.push(connection);
		this.admit();
	}

	/** The connection's peer has sent bytes. */
	received(connection: Connection): void {
		if (connection.slot !== "held") return;
		connection.reads += 1;
		// A peer that sends byte by byte stalls too.
		if (connection.reads <= handshakeReads) connection.stallsAt = Time.ticks + stallTimeout;
	}

	/** From now on `largestBlock` accounts for the connection's memory but for so many bytes, which it will still take. */
	hasAllocated(connection: Connection, remaining: number): void {
		this.#reserved += remaining - connection.reserved;
		connection.reserved = remaining;
	}

	/** The connection needs no slot any more. To be followed by `admit`, at once or later. */
	release(connection: Connection): void {
		const { slot } = connection;
		connection.slot = "released";
		if (slot === "held") this.#holders.delete(connection);
		else if (slot === "waiting") this.#waiting = this.#waiting.filter(other => other !== connection);
		this.hasAllocated(connection, 0);
	}

	/** Gives the slots that are free. */
	admit(): void {
		while (this.#waiting.length > 0 && this.#holders.size < this.#options.maxHandshakes) {
			const next = this.takeNext();
			if (next === undefined) {
				if (!this.#options.freeMemory()) this.admitLater();
				return;
			}
			this.begin(next);
		}
	}

	/** Takes the connection whose turn it is out of those that wait; `undefined` when there is no memory for it. */
	private takeNext(): Connection | undefined {
		const first = this.#waiting[0] as Connection;
		const next = this.hasMemoryFor(first) ? first : this.takesLess();
		if (next !== undefined) this.#waiting.splice(this.#waiting.indexOf(next), 1);
		return next;
	}

	private hasMemoryFor(connection: Connection): boolean {
		const wanted = this.#options.handshakeMemory(connection);
		return this.hasBlock(wanted) || this.hasPieces(wanted);
	}

	/** One behind the first, which may wait for more than there ever is. */
	private takesLess(): Connection | undefined {
		return this.#holders.size > 0 ? undefined : this.#waiting.find(connection => this.hasMemoryFor(connection));
	}

	private begin(connection: Connection): void {
		const now = Time.ticks;
		try {
			this.#stallTimer.schedule(stallTimeout, now);
			this.#holders.add(connection);
		} catch (error) {
			this.#options.fail(connection, error);
			return;
		}
		connection.stallsAt = now + stallTimeout;
		connection.slot = "held";
		connection.reserved = this.#options.handshakeMemory(connection);
		this.#reserved += connection.reserved;
		this.#options.begin(connection);
	}

	/** Forgets all connections. */
	clear(): void {
		this.#waiting = [];
		this.#holders.clear();
		this.#reserved = 0;
		this.#stallTimer.clear();
		if (this.#memoryTimer !== undefined) Timer.clear(this.#memoryTimer);
		this.#memoryTimer = undefined;
	}

	/** Takes the slots of connections that stall; returns the milliseconds until the next might. */
	private takeStalled(now: number): number | undefined {
		let least: number | undefined;
		for (const connection of [...this.#holders]) {
			const left = (connection.stallsAt - now) | 0;
			if (left > 0) {
				if (least === undefined || left < least) least = left;
				continue;
			}
			connection.slot = "stalled";
			this.#holders.delete(connection);
		}
		this.admit();
		return least;
	}

	/** Whether there is memory for the next handshake, and for `more` bytes besides. */
	hasMemory(more: number): boolean {
		return this.hasBlock(this.#options.handshakeMemory(this.#waiting[0]) + more);
	}

	private hasBlock(wanted: number): boolean {
		const block = this.#options.largestBlock();
		return block === undefined || block >= this.#reserved + wanted;
	}

	/**
	 * Whether there is memory, but in pieces: connections that wait stand in it with what they hold. No handshake is under
	 * way that would give some back, so one begins, whose largest block is less than half of what it takes.
	 */
	private hasPieces(wanted: number): boolean {
		const block = this.#options.largestBlock() ?? 0;
		return this.#holders.size === 0 && block * 2 >= wanted && (this.#options.free() ?? 0) >= wanted;
	}

	/** No event says that memory was freed, so it is looked at again while a connection waits for it. */
	private admitLater(): void {
		this.#memoryTimer ??= Timer.set(() => {
			this.#memoryTimer = undefined;
			this.admit();
		}, limits.memoryRetry);
	}
}

import Time from "time";
import type { Socket } from "../../io";
import { type ClientHello, readHello } from "../client-hello";
import { role } from "../config/native-context";
import type TLSContext from "../context";
import TLSError from "../error";
import { limits } from "../limits";
import Admission from "./admission";
import PendingConnection, { type PendingConnectionOwner } from "./pending-connection";
import type Pump from "./pump";
import Session from "./session";
import { settle } from "./settle";
import SharedTimer from "./shared-timer";

/** What the handshakes need of their listener. */
export interface HandshakesOwner {
	/** Selects a context by the ClientHello; `undefined` when the listener has no `select`. */
	readonly select: ((hello: ClientHello) => TLSContext | undefined | Promise<TLSContext | undefined>) | undefined;
	/** @throws {TypeError} the context cannot serve */
	checkContext(selected: TLSContext): TLSContext;
	/** Whether connections wait in TCP's accept queue. */
	hasQueued(): boolean;
	/** Accepts connections if there is room for them. */
	accept(): void;
	onEstablished(pump: Pump): void;
	onFailed(error: TLSError, remoteAddress: string | undefined): void;
}

export interface HandshakesOptions {
	handshakeTimeout: number;
	silenceTimeout: number;
	maxHandshakes: number;
	/** `undefined`: what the context says. */
	handshakeMemory: number | undefined;
	largestBlock(): number | undefined;
	free(): number | undefined;
}

/** The handshakes of a listener's connections, each as far as its peer and memory allow (rows Z2, Z3). */
export default class Handshakes implements PendingConnectionOwner {
	/** The context of connections for which no other is selected. */
	context: TLSContext;
	/** How many have led to a connection. */
	done = 0;
	/** How many of these have resumed an earlier session. */
	resumed = 0;
	readonly #owner: HandshakesOwner;
	readonly #options: HandshakesOptions;
	/** The oldest first. */
	readonly #connections = new Set<PendingConnection>();
	/** Those that have ended before `select` has answered: what it holds of them stays until then. */
	readonly #left = new Set<PendingConnection>();
	readonly #admission: Admission<PendingConnection>;
	readonly #deadlines = new SharedTimer(now => this.dropExpired(now));

	constructor(options: HandshakesOptions, owner: HandshakesOwner, context: TLSContext) {
		this.context = context;
		this.#owner = owner;
		this.#options = options;
		this.#admission = new Admission<PendingConnection>({
			maxHandshakes: options.maxHandshakes,
			handshakeMemory: connection => options.handshakeMemory ?? this.memoryFor(connection),
			largestBlock: options.largestBlock,
			free: options.free,
			begin: connection => this.begin(connection),
			fail: (connection, error) => this.fail(connection, error),
			freeMemory: () =>
				this.dropOldest(connection => connection.pump.session !== undefined) || this.dropLongest(Time.ticks)
		});
	}

	/** By its ClientHello, where that is there. */
	private memoryFor(connection: PendingConnection | undefined): number {
		const { native } = connection?.context ?? this.context;
		return connection?.pump.session?.handshakeMemory(native) ?? native.handshakeMemory;
	}

	/** What the peer may still make it take. */
	private remainingMemory({ pump }: PendingConnection): number {
		return this.#options.handshakeMemory === undefined ? (pump.session?.remainingMemory ?? 0) : 0;
	}

	/** Connections that are not established yet, with those that have ended and for which `select` has not answered. */
	get size(): number {
		return this.#connections.size + this.#left.size;
	}

	/** Takes an accepted connection over. @throws what the lack of memory throws */
	add(tcp: Socket): void {
		const connection = new PendingConnection(tcp, this);
		this.#connections.add(connection);
		try {
			this.waitForPeer(connection, this.#options.silenceTimeout);
		} catch (error) {
			this.fail(connection, error);
		}
	}

	/** Drops all connections; no events follow. */
	close(): void {
		for (const { pump } of this.#connections) pump.abort();
		this.#connections.clear();
		this.#left.clear();
		this.#admission.clear();
		this.#deadlines.clear();
	}

	/** Whether another connection may wait beside those that there are, and not in the memory that they wait for. */
	hasRoom(): boolean {
		const { size } = this.#connections;
		return size === 0 || this.#admission.hasMemory(limits.helloMemory * size);
	}

	/** The longest time, ms, for which a peer has been waited for that does not wait for `select`; `undefined` while none is. */
	get longestWait(): number | undefined {
		const now = Time.ticks;
		let longest: number | undefined;
		for (const connection of this.#connections) {
			const waited = connection.isSelecting ? undefined : connection.waited(now);
			if (waited !== undefined && waited >= (longest ?? 0)) longest = waited;
		}
		return longest;
	}

	/** Drops the oldest of these connections whose peer has kept the server waiting for `limits.patience`; `false` when there is none. */
	dropOldest(isEligible: (connection: PendingConnection) => boolean): boolean {
		const now = Time.ticks;
		for (const connection of this.#connections) {
			if ((connection.waited(now) ?? 0) < limits.patience || !isEligible(connection)) continue;
			this.end(connection, "BUSY");
			return true;
		}
		return false;
	}

	/**
	 * Of those that wait for a slot while no handshake is under way, drops the one whose ClientHello is longest, and longer
	 * than one for which there is room: others wait for the memory in which it stands, or it waits for more than there is.
	 */
	private dropLongest(now: number): boolean {
		let longest: PendingConnection | undefined;
		let length = limits.helloMemory;
		for (const connection of this.#connections) {
			if (connection.slot === "held" || connection.slot === "stalled") return false;
			const its = connection.pump.session?.helloLength ?? 0;
			if (its <= length || (connection.delayed(now) ?? 0) < limits.patience) continue;
			longest = connection;
			length = its;
		}
		if (longest !== undefined) this.end(longest, "BUSY");
		return longest !== undefined;
	}

	private end(connection: PendingConnection, code: "BUSY" | "TIMEOUT"): void {
		connection.pump.abort();
		this.onEnd(connection, new TLSError(code));
	}

	/** Drops connections whose deadline is over; returns the milliseconds until the next deadline. */
	private dropExpired(now: number): number | undefined {
		let least: number | undefined;
		for (const connection of [...this.#connections]) {
			if (connection.deadline === undefined) continue;
			const left = (connection.deadline - now) | 0;
			if (left <= 0) this.end(connection, "TIMEOUT");
			else if (least === undefined || left < least) least = left;
		}
		return this.forgetLeft(now, least);
	}

	/** An answer of `select` that has not come for so long is not waited for. Returns the lesser of `least` and the time until the next. */
	private forgetLeft(now: number, least: number | undefined): number | undefined {
		let next = least;
		for (const connection of [...this.#left]) {
			const left = ((connection.deadline ?? now) - now) | 0;
			if (left <= 0) this.selected(connection);
			else if (next === undefined || left < next) next = left;
		}
		return next;
	}

	private waitForPeer(connection: PendingConnection, milliseconds: number): void {
		const now = Time.ticks;
		this.#deadlines.schedule(milliseconds, now);
		connection.waitForPeer(milliseconds, now);
	}

	/** A step has thrown, for lack of memory: only this connection fails. */
	private fail(connection: PendingConnection, cause: unknown): void {
		connection.pump.abort();
		this.onEnd(connection, makeMemoryError(cause));
	}

	/** @internal Makes the session, which collects the ClientHello and allocates next to nothing for that. */
	onFirstBytes(connection: PendingConnection): void {
		let session: Session;
		try {
			this.waitForPeer(connection, this.#options.handshakeTimeout);
			session = new Session(this.context.native, role.server);
		} catch (error) {
			this.fail(connection, error);
			return;
		}
		session.askIdentity();
		connection.pump.start(session);
	}

	/** @internal */
	onHandshakeBytes(connection: PendingConnection): void {
		this.#admission.received(connection);
	}

	/** @internal */
	onClientHello(connection: PendingConnection): void {
		if (this.#owner.select === undefined) this.request(connection);
		else if (!connection.hasAsked) this.select(connection);
	}

	/** Selects its context before it waits for memory: contexts differ in what a handshake takes. */
	private select(connection: PendingConnection): void {
		connection.hasAsked = connection.isSelecting = true;
		settle(
			() => this.#owner.select?.(readHello(connection.pump.session as Session)),
			selected => (selected === undefined ? undefined : this.#owner.checkContext(selected)),
			context => {
				this.selected(connection);
				connection.context = context;
				this.request(connection);
			},
			refusal => {
				this.selected(connection);
				connection.refusal = refusal;
				connection.pump.selectContext(undefined);
			}
		);
	}

	/** `select` has answered. */
	private selected(connection: PendingConnection): void {
		connection.isSelecting = false;
		if (this.#left.delete(connection) && this.#owner.hasQueued()) this.continueLater();
	}

	/** Requests a slot, unless the connection has ended while its context was selected. */
	private request(connection: PendingConnection): void {
		if (connection.slot !== "none" || !this.#connections.has(connection)) return;
		connection.waitForSlot(Time.ticks);
		this.#admission.request(connection);
	}

	private begin(connection: PendingConnection): void {
		try {
			this.waitForPeer(connection, this.#options.handshakeTimeout);
		} catch (error) {
			this.fail(connection, error);
			return;
		}
		connection.pump.selectContext((connection.context ?? this.context).native);
		if (this.#connections.has(connection)) this.#admission.hasAllocated(connection, this.remainingMemory(connection));
		if (this.#admission.hasWaiting || this.#owner.hasQueued()) this.continueLater();
	}

	/** Removes the connection; others may continue in its place. */
	private remove(connection: PendingConnection): void {
		if (!this.#connections.delete(connection)) return;
		if (connection.isSelecting) this.#left.add(connection);
		else connection.stopWaiting();
		this.#admission.release(connection);
		if (this.#admission.hasWaiting || this.#owner.hasQueued()) this.continueLater();
	}

	/** Gives slots and room that have become free. Not at once: each handshake that fails would nest the next one's calls. */
	continueLater(): void {
		Promise.resolve().then(() => {
			this.#admission.admit();
			this.#owner.accept();
		});
	}

	/** @internal */
	onEstablished(connection: PendingConnection): void {
		this.remove(connection);
		this.done++;
		if (connection.pump.session?.isResumed) this.resumed++;
		this.#owner.onEstablished(connection.pump);
	}

	/** @internal */
	onEnd(connection: PendingConnection, error: TLSError | undefined): void {
		this.remove(connection);
		const { refusal, remoteAddress } = connection;
		if (error !== undefined && refusal !== undefined) Object.defineProperty(error, "cause", { value: refusal });
		this.#owner.onFailed(error ?? new TLSError("TRUNCATED"), remoteAddress);
	}
}

/** The error of a connection that fails for lack of memory. */
export const makeMemoryError = (cause: unknown): TLSError => {
	return Object.defineProperty(new TLSError("MEMORY"), "cause", { value: cause });
};

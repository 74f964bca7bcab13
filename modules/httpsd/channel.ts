import type { Bytes } from "../io";
import type Deadlines from "./async/deadlines";
import type OneByOne from "./async/one-by-one";
import { asError } from "./async/promises";
import type Handlers from "./connection/handlers";
import type { Handling } from "./connection/handlers";
import type Input from "./connection/input";
import type Output from "./connection/output";
import type { LongText } from "./content/long-text";
import HttpError from "./http-error";
import type { Limits } from "./limits";
import type Account from "./memory/account";
import type { Peer } from "./peer";

/** Who uses a channel. None of its methods may throw. */
export interface ChannelUser {
	/** Bytes can be read, or there is room to send. */
	process(): void;
	/** The server is stopping. May be called several times. */
	stop(): void;
	/** The connection has closed. */
	closed(): void;
}

/** What a channel needs of the server. */
export interface ChannelServer {
	readonly limits: Readonly<Limits>;
	readonly deadlines: Deadlines;
	/** Whether connections are to close as soon as they can. */
	readonly stopping: boolean;
	/** What listeners are told of ends. */
	readonly endings: OneByOne;
	/** Handlers that are under way. */
	readonly handlers: Handlers;
	/** Something went wrong that no handler sees. Does not throw. */
	failed(error: Error, peer: Peer): void;
}

/** What a channel needs of its connection. */
export interface ChannelOwner {
	readonly server: ChannelServer;
	readonly peer: Peer;
	readonly input: Input;
	readonly output: Output;
	readonly account: Account;
	/**
	 * Nothing more will be sent: ends the connection once all has left, or keeps it for another request.
	 * @param isTaken whether all of this one was taken from the connection.
	 */
	finish(keep: boolean, isTaken: boolean): void;
	destroy(): void;
	/** Processes what has come. */
	wake(): void;
}

/**
 * The connection under a long response, such as an event stream, or after an upgrade to another protocol.
 * There it takes the place of the exchange in the connection; what is internal answers for a request that is not there.
 */
export default class Channel {
	/** @internal */
	declare readonly request: undefined;
	/** @internal */
	declare readonly response: undefined;
	/** @internal */
	declare readonly waitedFor: undefined;
	/** @internal */
	get awaitsContent(): false {
		return false;
	}
	readonly limits: Readonly<Limits>;
	readonly input: Input;
	readonly #owner: ChannelOwner;
	readonly #handling: Handling;
	#user: ChannelUser | undefined;
	#lingering = false;
	#isLongLived = false;

	/** @param handling what is under way of who uses it */
	constructor(owner: ChannelOwner, handling: Handling) {
		this.limits = owner.server.limits;
		this.input = owner.input;
		this.#owner = owner;
		this.#handling = handling;
	}

	get peer(): Peer {
		return this.#owner.peer;
	}

	get deadlines(): Deadlines {
		return this.#owner.server.deadlines;
	}

	/** Bytes that the socket has not taken yet. */
	get pending(): number {
		return this.#owner.output.pending;
	}

	/** @internal Whether the client may still be sending when the connection ends. */
	get lingers(): boolean {
		return this.#lingering;
	}

	/**
	 * Counts as a connection without end, until the last is sent or it closes.
	 * @throws {HttpError} 503 when there are `maxLongLived`.
	 */
	stay(): void {
		const { handlers } = this.#owner.server;
		if (this.#isLongLived) return;
		if (handlers.longLived >= this.limits.maxLongLived)
			throw new HttpError(503, "PLACES", "Server has as many connections without end as it takes");
		handlers.longLived++;
		this.#isLongLived = true;
	}

	/** @internal It has an end now. */
	endStay(): void {
		if (this.#isLongLived) this.#owner.server.handlers.longLived--;
		this.#isLongLived = false;
	}

	/** Sets the user. */
	attach(user: ChannelUser): void {
		this.#user = user;
		if (this.#owner.server.stopping) user.stop();
		this.#owner.wake();
	}

	/** Sends bytes, which must not change until they have left. */
	send(bytes: Bytes | LongText): void {
		this.#owner.output.send(bytes);
	}

	/** Whether there is memory for bytes to wait until the peer takes them. */
	fits(bytes: Bytes | LongText): boolean {
		return this.#owner.output.fits(bytes);
	}

	/** What the connection holds of the server's `memory`. */
	get account(): Account {
		return this.#owner.account;
	}

	/** A handler of the user goes on until the promise resolves, which never rejects. */
	follow(promise: PromiseLike<unknown>): void {
		this.#handling.follow(promise);
	}

	/** Tells a listener of an end: never within another that is told of one, but behind it. */
	notifyEnd(call: () => unknown): unknown {
		return this.#owner.server.endings.run(call);
	}

	/** Has the user's `process()` called, unless it is running. */
	wake(): void {
		this.#owner.wake();
	}

	/**
	 * Ends the connection once all has been sent.
	 * @param lingering whether the client may still be sending: what it sends is discarded for a while, since to close
	 * at once would reset the connection before it has read the end.
	 */
	leave(lingering: boolean): void {
		this.#lingering = lingering;
		this.endStay();
		this.#owner.finish(false, true);
	}

	/** Ends the connection now. */
	destroy(): void {
		this.#owner.destroy();
	}

	/** Reports an error that no handler sees: it becomes an `error` event of the server. */
	report(error: unknown): void {
		this.#owner.server.failed(asError(error), this.peer);
	}

	/** @internal */
	process(): void {
		this.#user?.process();
	}

	/** @internal */
	stop(): void {
		this.#user?.stop();
	}

	/** @internal @returns `true`: its account is closed when what is under way has ended. */
	closed(): boolean {
		this.endStay();
		const user = this.#user;
		this.#user = undefined;
		user?.closed();
		this.#handling.leave(undefined, this.account);
		return true;
	}

	/** @internal */
	discard(): boolean {
		return false;
	}

	/** @internal */
	fail(): void {}
}

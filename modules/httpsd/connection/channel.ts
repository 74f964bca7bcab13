import type { Bytes } from "../../io";
import type { Limits } from "../limits";
import type { Peer } from "../request";
import type Deadlines from "./deadlines";
import type Input from "./input";
import { asError } from "./rejection";

/** What lives on a connection for longer than a request does. None of its methods may throw. */
export interface ChannelUser {
	/** Bytes have come, or have left. */
	run(): void;
	/** The server is stopping. May be called several times. */
	drain(): void;
	/** The connection has ended. */
	lost(): void;
}

/** What a channel needs of the server. */
export interface ChannelHost {
	readonly limits: Readonly<Limits>;
	readonly deadlines: Deadlines;
	/** Whether connections are to close as soon as they can. */
	readonly stopping: boolean;
	/** Something went wrong that no handler sees. Does not throw. */
	failed(error: Error, peer: Peer): void;
}

/** What a channel needs of its connection. */
export interface ChannelOwner {
	readonly host: ChannelHost;
	readonly peer: Peer;
	readonly input: Input;
	/** Bytes that the socket has not taken yet. */
	readonly pending: number;
	send(bytes: Bytes): void;
	/** Nothing more will be sent: ends the connection once all has left, or keeps it for another request. */
	finish(keep: boolean): void;
	destroy(): void;
	/** Goes on with what has come. */
	wake(): void;
}

/** A connection as its user sees it: beneath a response that goes on for long, or in place of HTTP after an upgrade. */
export default class Channel {
	/** @internal There is no request on an upgraded connection. */
	declare readonly request: undefined;
	/** @internal */
	declare readonly response: undefined;
	/** @internal */
	declare readonly awaited: undefined;
	/** @internal Nobody waits for the content of a request. */
	get wanting(): false {
		return false;
	}
	readonly limits: Readonly<Limits>;
	readonly input: Input;
	readonly #owner: ChannelOwner;
	#user: ChannelUser | undefined;
	#lingering = false;

	constructor(owner: ChannelOwner) {
		this.limits = owner.host.limits;
		this.input = owner.input;
		this.#owner = owner;
	}

	get peer(): Peer {
		return this.#owner.peer;
	}

	get deadlines(): Deadlines {
		return this.#owner.host.deadlines;
	}

	/** Bytes that the socket has not taken yet. */
	get pending(): number {
		return this.#owner.pending;
	}

	/** @internal Whether the client may still be sending when the connection ends. */
	get lingers(): boolean {
		return this.#lingering;
	}

	/** Sets who is told of what happens. */
	attach(user: ChannelUser): void {
		this.#user = user;
		if (this.#owner.host.stopping) user.drain();
		this.#owner.wake();
	}

	/** Sends bytes, which must not change until they have left. */
	send(bytes: Bytes): void {
		this.#owner.send(bytes);
	}

	/** Has `run()` called, unless it is at work. */
	wake(): void {
		this.#owner.wake();
	}

	/**
	 * Ends the connection once all has been sent.
	 * @param lingering whether the client may still be sending: what it sends is thrown away for a while, since to
	 * close at once would reset the connection before it has read the end.
	 */
	leave(lingering: boolean): void {
		this.#lingering = lingering;
		this.#owner.finish(false);
	}

	/** Ends the connection now. */
	destroy(): void {
		this.#owner.destroy();
	}

	/** Tells the server of an error that no handler sees. */
	report(error: unknown): void {
		this.#owner.host.failed(asError(error), this.peer);
	}

	/** @internal */
	pump(): void {
		this.#user?.run();
	}

	/** @internal */
	drain(): void {
		this.#user?.drain();
	}

	/** @internal */
	lose(): void {
		const user = this.#user;
		this.#user = undefined;
		user?.lost();
	}

	/** @internal There is no request of which anything could be left. */
	discard(): boolean {
		return false;
	}

	/** @internal There is no request that could fail. */
	fail(): void {}
}

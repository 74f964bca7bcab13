import type { Deadline } from "./async/deadlines";
import { catchRejection } from "./async/promises";
import type Channel from "./channel";
import type { ChannelUser } from "./channel";
import { encodeComment, encodeEvent, encodeRetry, type ServerEvent } from "./event-streams/format";
import { fixedCosts } from "./memory/costs";
import type Response from "./response";

/** Callbacks of an event stream. What one of them throws, or rejects with, is an `error` event of the server. */
export interface EventStreamListener {
	/** The stream has ended: the client has left or was cut off, the server is stopping, or `close()` was called. */
	close?(stream: EventStream): unknown;
	/** There is room again after a `send()` that returned false. */
	writable?(stream: EventStream): unknown;
}

/** Events for a client's `EventSource`, in a response that does not end (HTML Living Standard §9.2). */
export default class EventStream implements ChannelUser {
	/** Id of the last event that the client saw before it lost an earlier connection; empty at first. */
	readonly lastEventId: string;
	/** Anything that the application keeps with the stream. */
	context: unknown;
	readonly #response: Response;
	readonly #channel: Channel;
	readonly #listener: EventStreamListener;
	readonly #timer: Deadline = { deadline: undefined, expire: () => this.comment() };
	#open = true;
	/** Whether `writable` is to be called when there is room. */
	#full = false;

	/** @internal Streams are made by `server.events()`. */
	constructor(response: Response, listener: EventStreamListener, lastEventId: string) {
		this.lastEventId = lastEventId;
		this.#response = response;
		this.#channel = response.channel;
		this.#listener = listener;
	}

	/** Whether events can be sent. */
	get isOpen(): boolean {
		return this.#open;
	}

	/** Bytes waiting to be sent. */
	get bufferedAmount(): number {
		return this.#open ? this.#channel.pending : 0;
	}

	/**
	 * Sends an event, or text as one; once the stream is closed, does nothing. A client so slow that `maxBacklog` bytes
	 * wait for it is cut off instead: it will connect again, with the last id that it saw.
	 * @returns whether there is room for more; if not, `writable` is called when there is.
	 * @throws {TypeError} when `event` or `id` has a line end or a NUL. @throws {RangeError} for a bad `retry`.
	 */
	send(event: ServerEvent | string): boolean {
		return this.write(encodeEvent(typeof event === "string" ? { data: event } : event));
	}

	/** Sends a comment, which clients skip. Returns as `send()` does. */
	comment(text = ""): boolean {
		return this.write(encodeComment(text));
	}

	/** Ends the stream once all has been sent. The client will connect again, unless it is answered with a 204 then. */
	close(): void {
		if (!this.#open) return;
		this.end();
		this.#response.end();
	}

	/** @internal Begins the response; `retry` as in {@link ServerEvent}. */
	start(retry: number | undefined): void {
		this.#response.longLived().hold(fixedCosts.events);
		this.write(retry === undefined ? encodeComment("") : encodeRetry(retry));
		this.#channel.attach(this);
	}

	/** @internal */
	process(): void {
		// More than `maxAhead` bytes behind the request: no EventSource sends them, and the end of TCP comes behind them.
		if (this.#open && this.#channel.input.available > 0) this.#response.abort();
		if (!this.#open || !this.#full || this.#channel.pending > this.#channel.limits.highWater) return;
		this.#full = false;
		this.notify(() => this.#listener.writable?.(this));
	}

	/** @internal */
	stop(): void {
		this.close();
	}

	/** @internal */
	closed(): void {
		if (this.#open) this.end();
	}

	private write(text: string): boolean {
		if (!this.#open) return false;
		const { deadlines, limits } = this.#channel;
		if (this.#channel.pending > limits.maxBacklog) {
			this.#response.abort();
			return false;
		}
		this.#response.write(text);
		// Where there was no memory for it, the connection has been cut off: no timer may keep what is left of that.
		if (!this.isOpen) return false;
		deadlines.set(this.#timer, limits.eventKeepAlive);
		const hasRoom = this.#channel.pending <= limits.highWater;
		if (!hasRoom) this.#full = true;
		return hasRoom;
	}

	private end(): void {
		this.#open = false;
		this.#channel.deadlines.clear(this.#timer);
		this.notify(() => this.#channel.notifyEnd(() => this.#listener.close?.(this)));
	}

	private notify(call: () => unknown): void {
		const failed = (error: unknown) => this.#channel.report(error);
		try {
			const settled = catchRejection(call(), failed);
			if (settled !== undefined) this.#channel.follow(settled);
		} catch (error) {
			failed(error);
		}
	}
}

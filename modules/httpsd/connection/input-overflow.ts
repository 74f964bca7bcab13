import type { Deadline } from "../async/deadlines";
import type { ChannelOwner } from "../channel";
import Discard from "./discard";

interface RequestInProgress {
	/** Whether all of it has been taken from the connection. */
	readonly complete: boolean;
	readonly response: { readonly started: boolean };
}

/**
 * Deals with more than `maxAhead` unread bytes while a request is answered. They can't stay unread: TCP reports that the
 * client has left only behind them. Bytes behind the request are discarded after `aheadTimeout`, and the connection closes
 * with the response. For content of the request the handler has `responseTimeout`: if it has not read it by then, and
 * the response has begun, the connection closes.
 */
export default class InputOverflow implements Deadline {
	deadline: number | undefined;
	#discard: Discard | undefined;
	readonly #owner: ChannelOwner;
	readonly #request: RequestInProgress;

	constructor(owner: ChannelOwner, request: RequestInProgress) {
		this.#owner = owner;
		this.#request = request;
	}

	/** Whether input is discarded, so that the connection can't serve another request. */
	get discarding(): boolean {
		return this.#discard !== undefined;
	}

	/** Too many bytes are unread: sets the deadline, unless it is set. */
	begin(): void {
		if (this.deadline !== undefined) return;
		const server = this.#owner.server;
		const limits = server.limits;
		server.deadlines.set(this, this.#request.complete ? limits.aheadTimeout : limits.responseTimeout);
	}

	/** No more than `maxAhead` bytes are unread now. */
	end(): void {
		if (this.deadline !== undefined) this.#owner.server.deadlines.clear(this);
	}

	/** Reads ahead again; once `aheadTimeout` is over it discards what has come, and more than `maxLinger` bytes of it end the connection. */
	process(): void {
		const { input, server } = this.#owner;
		if (this.#discard !== undefined) {
			if (!this.#discard.run()) this.#owner.destroy();
		} else if (input.ahead(server.limits.maxAhead)) this.end();
		else this.begin();
	}

	expire(): void {
		const { input, output, server } = this.#owner;
		if (this.#request.complete) {
			this.#discard = new Discard(input, server.limits);
			this.#owner.wake();
		} else if (output.pending === 0 && this.#request.response.started) this.#owner.destroy();
		else this.begin();
	}
}

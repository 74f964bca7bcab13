import type { Expiring } from "../async/deadlines";
import type { ChannelOwner } from "../channel";
import Discard from "./discard";

interface RequestInProgress {
	/** Whether all of it has been taken from the connection. */
	readonly complete: boolean;
	readonly response: { readonly started: boolean };
}

/**
 * What is done with more than `maxAhead` bytes behind a request in progress. They must be read, since TCP's end comes
 * behind them, and would not be seen for as long as a response takes. Bytes that are not the request's are discarded
 * after `aheadTimeout`, and then the connection closes with the response. The request's content has `responseTimeout` to
 * be read by the handler; then, if the response has begun, the connection closes.
 */
export default class InputOverflow implements Expiring {
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

	/** Too many bytes wait: the deadline runs from now on, unless it did before. */
	begin(): void {
		if (this.deadline !== undefined) return;
		const { deadlines, limits } = this.#owner.server;
		deadlines.set(this, this.#request.complete ? limits.aheadTimeout : limits.responseTimeout);
	}

	/** No more do. */
	end(): void {
		this.#owner.server.deadlines.clear(this);
	}

	/** Discards what has come, if it is time for that; too much of it ends the connection. */
	discard(): void {
		if (this.#discard?.run() === false) this.#owner.destroy();
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

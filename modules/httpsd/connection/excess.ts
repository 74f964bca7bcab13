import type { ChannelOwner } from "./channel";
import type { Expiring } from "./deadlines";

interface ProgressingRequest {
	/** Whether all of it has been taken from the connection. */
	readonly complete: boolean;
	readonly response: { readonly started: boolean };
}

/**
 * More than `maxAhead` bytes behind a request in progress. A client's leaving is told only behind all that it has sent,
 * so they may not wait for as long as a response takes: what is no part of the request is thrown away after
 * `aheadTimeout`, and ends the connection with the response; its content, while the handler answers, has
 * `responseTimeout` to be read.
 */
export default class Excess implements Expiring {
	deadline: number | undefined;
	/** Bytes in all up to which input is thrown away; `undefined` before it is. */
	#end: number | undefined;
	readonly #owner: ChannelOwner;
	readonly #request: ProgressingRequest;

	constructor(owner: ChannelOwner, request: ProgressingRequest) {
		this.#owner = owner;
		this.#request = request;
	}

	/** Whether input is thrown away, so that the connection can't serve another request. */
	get dropping(): boolean {
		return this.#end !== undefined;
	}

	/** Too much waits, from now on unless it did before. */
	wait(): void {
		if (this.deadline !== undefined) return;
		const { deadlines, limits } = this.#owner.host;
		deadlines.set(this, this.#request.complete ? limits.aheadTimeout : limits.responseTimeout);
	}

	/** No more does. */
	clear(): void {
		this.#owner.host.deadlines.clear(this);
	}

	/** Throws away what has come. */
	drop(): void {
		const { input, host } = this.#owner;
		while (input.take(host.limits.readSize) !== undefined);
		if (input.total > (this.#end ?? 0)) this.#owner.destroy();
	}

	expire(): void {
		const { input, host, pending } = this.#owner;
		if (this.#request.complete) {
			this.#end = input.total + host.limits.maxLinger;
			this.#owner.wake();
		} else if (pending === 0 && this.#request.response.started) this.#owner.destroy();
		else this.wait();
	}
}

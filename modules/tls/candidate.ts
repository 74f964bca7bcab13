import Time from "time";
import Timer from "timer";
import type Pump from "./pump";

/** A connection that a listener has accepted and that is not established yet. */
export default class Candidate {
	readonly pump: Pump;
	readonly remoteAddress: string | undefined;
	/** Its ClientHello is here, and it waits for its turn or has it. */
	hasAsked = false;
	/** Why it was given no identity. */
	refusal: unknown;
	#deadline: Timer | undefined;
	#since = 0;

	constructor(pump: Pump) {
		this.pump = pump;
		this.remoteAddress = pump.remoteAddress;
	}

	/** From now on the peer is waited for, at most `milliseconds`; then `expire` is called. */
	waitForPeer(milliseconds: number, expire: () => void): void {
		this.stopWaiting();
		this.#since = Time.ticks;
		this.#deadline = Timer.set(expire, milliseconds);
	}

	stopWaiting(): void {
		if (this.#deadline !== undefined) Timer.clear(this.#deadline);
		this.#deadline = undefined;
	}

	/** Milliseconds that the peer has been waited for; `undefined` while it is not. */
	get waited(): number | undefined {
		return this.#deadline === undefined ? undefined : (Time.ticks - this.#since) | 0;
	}
}

import Time from "time";

/**
 * How long a peer may still keep us waiting. Waiting uses up a timeout, and bytes that are transferred give some of it
 * back: in the long run a peer has to be as fast as the rate, and can't go on for ever with a byte now and then.
 */
export default class MinRate {
	readonly #timeout: number;
	readonly #rate: number;
	#left: number;
	/** Milliseconds that were waited before bytes were transferred last. */
	#waited = 0;
	#since: number | undefined;

	/** @param timeout in ms. @param rate in bytes a second. */
	constructor(timeout: number, rate: number) {
		this.#timeout = timeout;
		this.#rate = rate;
		this.#left = timeout;
	}

	/** Milliseconds that the peer has from now on, at least 1. Waiting begins with the first call. */
	begin(): number {
		this.#since ??= Time.ticks;
		const left = this.#left - this.waiting();
		return left > 1 ? left : 1;
	}

	/** Milliseconds that the peer was waited for in all. */
	get total(): number {
		return this.#waited + this.waiting();
	}

	/** Bytes were transferred, which ends the waiting until `begin()`. */
	transferred(bytes: number): void {
		const waited = this.waiting();
		this.#waited += waited;
		const left = this.#left - waited + (bytes * 1000) / this.#rate;
		this.#left = left < this.#timeout ? left : this.#timeout;
		this.#since = undefined;
	}

	/** Milliseconds that the peer has been waited for since bytes were transferred last. */
	waiting(): number {
		return this.#since === undefined ? 0 : (Time.ticks - this.#since) | 0;
	}
}

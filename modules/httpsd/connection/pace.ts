import Time from "time";

/**
 * How long a peer may still keep us waiting. Waiting uses up a time of grace, and every byte that moves gives some of
 * it back: in the long run a peer has to be as fast as the rate, however often it sends or takes a byte.
 */
export default class Pace {
	readonly #grace: number;
	readonly #rate: number;
	#left: number;
	#waited = 0;
	#since: number | undefined;

	/** @param grace in ms. @param rate in bytes a second. */
	constructor(grace: number, rate: number) {
		this.#grace = grace;
		this.#rate = rate;
		this.#left = grace;
	}

	/** Milliseconds, at least 1, that the peer has from now on. It is waited for from the first look at this. */
	get wait(): number {
		this.#since ??= Time.ticks;
		const left = this.#left - this.waited();
		return left > 1 ? left : 1;
	}

	/** Milliseconds that the peer has been waited for in all. */
	get total(): number {
		return this.#waited + this.waited();
	}

	/** Bytes have moved, so that the peer is not waited for until `wait` is looked at again. */
	moved(bytes: number): void {
		const waited = this.waited();
		this.#waited += waited;
		const left = this.#left - waited + (bytes * 1000) / this.#rate;
		this.#left = left < this.#grace ? left : this.#grace;
		this.#since = undefined;
	}

	/** Milliseconds that the peer has been waited for since bytes moved last. */
	waited(): number {
		return this.#since === undefined ? 0 : (Time.ticks - this.#since) | 0;
	}
}

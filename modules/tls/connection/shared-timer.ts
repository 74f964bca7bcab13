import Time from "time";
import Timer from "timer";

/**
 * One timer for many deadlines. Deadlines come and go with every connection, so the timer is not cleared when the last one
 * goes, nor set anew when one is put off: at times it goes off and nothing is due, which is cheaper.
 * Differences of ticks are taken modulo 2³², since ticks wrap.
 */
export default class SharedTimer {
	readonly #expire: (now: number) => number | undefined;
	#timer: Timer | undefined;
	#due = 0;

	/** @param expire handles the deadlines that are due by `now`; returns the milliseconds until the next, if there is one */
	constructor(expire: (now: number) => number | undefined) {
		this.#expire = expire;
	}

	/** Has `expire` called `milliseconds` from `now`, or earlier. */
	schedule(milliseconds: number, now: number): void {
		if (this.#timer !== undefined) {
			if (((this.#due - now) | 0) <= milliseconds) return;
			Timer.clear(this.#timer);
			this.#timer = undefined;
		}
		this.#timer = Timer.set(() => this.fire(), milliseconds);
		this.#due = now + milliseconds;
	}

	/** There are no deadlines any more. */
	clear(): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = undefined;
	}

	private fire(): void {
		this.#timer = undefined;
		const left = this.#expire(Time.ticks);
		if (left !== undefined) this.schedule(left, Time.ticks);
	}
}

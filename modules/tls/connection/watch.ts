import Time from "time";
import Timer from "timer";

/**
 * One timer for all that somebody waits for. It is not taken back when nothing is waited for any more, and not set anew
 * when a wait is put off: it goes off for nothing then, which is rare, while waits begin and end with every connection.
 * Differences of ticks are taken modulo 2³², since ticks wrap.
 */
export default class Watch {
	readonly #look: (now: number) => number | undefined;
	#timer: Timer | undefined;
	#due = 0;

	/** @param look deals with what is due by `now`; returns how many milliseconds are left until the next, if any */
	constructor(look: (now: number) => number | undefined) {
		this.#look = look;
	}

	/** Has `look` called `milliseconds` from `now` at the latest. */
	within(milliseconds: number, now: number): void {
		if (this.#timer !== undefined) {
			if (((this.#due - now) | 0) <= milliseconds) return;
			Timer.clear(this.#timer);
			this.#timer = undefined;
		}
		this.#timer = Timer.set(() => this.fire(), milliseconds);
		this.#due = now + milliseconds;
	}

	/** Nobody waits any more. */
	stop(): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = undefined;
	}

	private fire(): void {
		this.#timer = undefined;
		const left = this.#look(Time.ticks);
		if (left !== undefined) this.within(left, Time.ticks);
	}
}

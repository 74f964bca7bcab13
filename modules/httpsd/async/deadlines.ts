import Time from "time";
import Timer from "timer";

/** Something that expires when its deadline has passed. */
export interface Deadline {
	/** When it expires, in ticks; `undefined` when it does not. Kept by {@link Deadlines}. */
	deadline: number | undefined;
	/** The deadline has passed, and has been cleared. */
	expire(): void;
}

/**
 * Many deadlines on one timer. To put a deadline off, which every request does, costs an assignment: the timer is set
 * anew only when it fires too early, or would fire too late. Ticks are not clock time, which jumps when the clock is
 * set; differences are taken modulo 2³², since ticks wrap.
 */
export default class Deadlines {
	readonly #entries = new Set<Deadline>();
	#timer: Timer | undefined;
	/** When the timer fires. */
	#due = 0;

	/** Sets or moves the deadline of `entry` to `ms`, at most 2³¹ − 1, from now. */
	set(entry: Deadline, ms: number): void {
		const now = Time.ticks;
		if (entry.deadline === undefined) this.#entries.add(entry);
		entry.deadline = now + ms;
		if (this.#timer === undefined || ms < ((this.#due - now) | 0)) this.schedule(now, ms);
	}

	/** Removes the deadline of `entry`, if it has one. */
	clear(entry: Deadline): void {
		entry.deadline = undefined;
		this.#entries.delete(entry);
	}

	/** Stops the timer if there are no deadlines: it would fire once more for none. */
	stopIfEmpty(): void {
		if (this.#entries.size === 0) this.stop();
	}

	/** Milliseconds until the deadline of `entry`; 0 when it has none. */
	left(entry: Deadline): number {
		return entry.deadline === undefined ? 0 : difference(entry.deadline, Time.ticks);
	}

	private schedule(now: number, ms: number): void {
		this.stop();
		this.#due = now + ms;
		this.#timer = Timer.set(() => this.fire(), ms);
	}

	private stop(): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = undefined;
	}

	private fire(): void {
		this.#timer = undefined;
		const now = Time.ticks;
		for (const entry of [...this.#entries]) {
			if (entry.deadline === undefined || difference(entry.deadline, now) > 0) continue;
			this.clear(entry);
			entry.expire();
		}
		let next: number | undefined;
		for (const entry of this.#entries) {
			const left = Math.max(1, difference(entry.deadline ?? now, now));
			if (next === undefined || left < next) next = left;
		}
		// Who has expired may have set the timer, for itself.
		if (next !== undefined && (this.#timer === undefined || next < difference(this.#due, now)))
			this.schedule(now, next);
	}
}

const difference = (a: number, b: number): number => {
	return (a - b) | 0;
};

import Time from "time";
import type { Limits } from "../limits";

/** Of the longest pause between answers, how many pass without one before none is expected. */
const missedPauses = 3;

/** How long it usually takes until the server answers somebody again, while places are scarce. */
export default class AnswerPauses {
	readonly #limits: Pick<Limits, "purgeAfter" | "busyHeadTimeout" | "busyBodyTimeout">;
	/** When the last answer was. */
	#last: number | undefined;
	/** Since when `#longest` is measured. */
	#since = 0;
	#longest = 0;
	/** The longest pause of the time before. */
	#before = 0;

	constructor(limits: Pick<Limits, "purgeAfter" | "busyHeadTimeout" | "busyBodyTimeout">) {
		this.#limits = limits;
	}

	/** A request is answered. */
	answered(): void {
		const now = Time.ticks;
		const { busyBodyTimeout } = this.#limits;
		const pause = this.#last === undefined ? busyBodyTimeout : (now - this.#last) >>> 0;
		const isAfresh = pause >= busyBodyTimeout;
		if (isAfresh || (now - this.#since) >>> 0 >= busyBodyTimeout) {
			this.#before = isAfresh ? 0 : this.#longest;
			this.#longest = 0;
			this.#since = now;
		}
		if (!isAfresh && pause > this.#longest) this.#longest = pause;
		this.#last = now;
	}

	/** Milliseconds without an answer after which none is expected. */
	get patience(): number {
		const { purgeAfter, busyHeadTimeout, busyBodyTimeout } = this.#limits;
		const least = purgeAfter + busyHeadTimeout;
		const patience = missedPauses * (this.#longest > this.#before ? this.#longest : this.#before);
		return patience < least ? least : patience < busyBodyTimeout ? patience : busyBodyTimeout;
	}
}

import Time from "time";
import type { Limits } from "../limits";
import Discard from "./discard";
import type Input from "./input";
import MinRate from "./min-rate";

type LingerLimits = Pick<
	Limits,
	"readSize" | "maxLinger" | "lingerTimeout" | "maxLingerTimeout" | "minRate" | "purgeAfter" | "busyHeadTimeout"
>;

/**
 * What a client still sends that gets no further response: an upload that was refused, most of all. It is discarded as
 * long as it comes at a fair pace, since to close with input unread resets TCP, and a client that sends to the end
 * before it reads would never see why (RFC 9112 §9.6).
 */
export default class Linger {
	readonly #input: Input;
	readonly #discard: Discard;
	readonly #rate: MinRate;
	readonly #limits: LingerLimits;
	readonly #since = Time.ticks;

	constructor(input: Input, limits: LingerLimits) {
		this.#input = input;
		this.#discard = new Discard(input, limits);
		this.#rate = new MinRate(limits.lingerTimeout, limits.minRate);
		this.#limits = limits;
	}

	/** Discards what has come. @returns how many milliseconds more are waited for; `undefined` when it has been enough. */
	run(): number | undefined {
		const before = this.#input.total;
		const isFew = this.#discard.run();
		if (this.#input.total > before) this.#rate.transferred(this.#input.total - before);
		const left = this.#limits.maxLingerTimeout - this.waitedFor;
		if (!isFew || left <= 0) return undefined;
		const pause = this.#rate.begin();
		return pause < left ? pause : left;
	}

	/**
	 * Milliseconds since anything came, if that is at least `purgeAfter`; once it has gone on for `busyHeadTimeout`, how long it has.
	 * Else `undefined`: others must wait, for a client that reads while it sends is done by then.
	 */
	get idleFor(): number | undefined {
		const { purgeAfter, busyHeadTimeout } = this.#limits;
		const silent = this.#rate.waiting();
		if (silent >= purgeAfter) return silent;
		const { waitedFor } = this;
		return waitedFor >= busyHeadTimeout ? waitedFor : undefined;
	}

	/** Milliseconds since it began. */
	get waitedFor(): number {
		return (Time.ticks - this.#since) | 0;
	}
}

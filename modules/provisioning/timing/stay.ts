import Time from "time";
import Timer from "timer";
import type { ProvisioningLimits } from "../limits";

/** How long a portal stays open. */
export default class Stay {
	readonly #limits: ProvisioningLimits;
	readonly #end: () => void;
	#timer: Timer | undefined;
	#isShown = false;
	#used = 0;
	#opened = 0;

	/** @param end called when it is over. */
	constructor(limits: ProvisioningLimits, end: () => void) {
		this.#limits = limits;
		this.#end = end;
	}

	/** Milliseconds since somebody has asked for something. */
	get unusedFor(): number {
		return (Time.ticks - this.#used) >>> 0;
	}

	/** The portal has opened. */
	opened(): void {
		this.#opened = Time.ticks;
	}

	/** Somebody is there. @param isBounded whether the portal ends when nobody is, and some time all the same. */
	used(isBounded: boolean): void {
		const { openTime, longestOpen } = this.#limits;
		this.#used = Time.ticks;
		const left = longestOpen - ((this.#used - this.#opened) >>> 0);
		if (isBounded) this.set(Math.max(1, Math.min(openTime, left)));
	}

	/** The device has joined, which nobody has seen yet. */
	joined(): void {
		this.#isShown = false;
		this.set(this.#limits.unseenTime);
	}

	/** Somebody has. The first one counts: who looks again and again does not keep the access point open. */
	shown(): void {
		if (!this.#isShown) this.set(this.#limits.resultTime);
		this.#isShown = true;
	}

	/** The person needs it no more. */
	done(): void {
		this.set(this.#limits.doneTime);
	}

	/** It stays. */
	hold(): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = undefined;
	}

	private set(milliseconds: number): void {
		this.hold();
		this.#timer = Timer.set(() => {
			this.#timer = undefined;
			this.#end();
		}, milliseconds);
	}
}

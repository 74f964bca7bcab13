import { limits } from "../limits";
import type { GiveBack, Memory } from "./run";

/** Tells an application that another certificate has come; again, where it could not take it. It reads the chain then. */
export default class Announcement {
	readonly #memory: Memory | undefined;
	readonly #tell: () => void;
	/** It is still to be told. */
	#isDue = false;
	#isAsking = false;

	/** @param tell may throw */
	constructor(memory: Memory | undefined, tell: () => void) {
		this.#memory = memory;
		this.#tell = tell;
	}

	/** What that takes is held. */
	begin(): void {
		this.#isDue = false;
		try {
			this.#tell();
		} catch (error) {
			this.#isDue = true;
			trace(`The new certificate was not taken: ${error}\n`);
		}
	}

	/** If it could not be taken, and once XS has room for so many bytes of chunks. Without that it is left for another time. */
	repeat(bytes: number): void {
		if (!this.#isDue || this.#isAsking) return;
		this.#isAsking = true;
		Promise.resolve()
			.then(() => (this.#memory === undefined ? () => {} : this.#memory.hold(Math.min(bytes, limits.charge))))
			.then(
				giveBack => this.granted(giveBack, bytes),
				() => this.granted(undefined, bytes)
			);
	}

	private granted(giveBack: GiveBack | undefined, bytes: number): void {
		this.#isAsking = false;
		// Of a long chain not all is held.
		if (giveBack !== undefined && this.#isDue && isThere(giveBack, bytes)) this.begin();
		giveBack?.();
	}
}

const isThere = ({ isThere }: GiveBack, bytes: number): boolean => isThere?.(bytes) ?? true;

import Timer from "timer";

/** A pause that is twice as long each further time, up to a most. Some time after the last one it begins with the first length. */
export default class Pause {
	readonly #first: number;
	readonly #most: number;
	#length: number;
	#timer: Timer | undefined;
	#isOver = true;

	/** Both in milliseconds. */
	constructor(first: number, most: number) {
		this.#first = first;
		this.#most = most;
		this.#length = first;
	}

	get isOver(): boolean {
		return this.#isOver;
	}

	/** @param done is called when it is over */
	begin(done?: () => void): void {
		const length = this.#length;
		this.#length = Math.min(2 * length, this.#most);
		this.wait(length, done);
	}

	/** A pause of another length, which does not count. */
	wait(length: number, done?: () => void): void {
		this.clear();
		this.#isOver = false;
		this.#timer = Timer.set(() => {
			this.#isOver = true;
			this.#timer = Timer.set(() => this.reset(), this.#most);
			done?.();
		}, length);
	}

	/** Ends it, and the next one has the first length. */
	reset(): void {
		this.clear();
		this.#length = this.#first;
	}

	/** Ends it, without a call of `done`. */
	clear(): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = undefined;
		this.#isOver = true;
	}
}

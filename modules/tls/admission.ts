import Timer from "timer";
import { limits } from "./limits";

export interface AdmissionOptions<Candidate> {
	/** Handshakes at once. */
	most: number;
	/** Bytes that must be free in one block before a handshake begins. */
	memory: number;
	/** The largest free block, bytes; `undefined` where there is no bound. */
	largestBlock(): number | undefined;
	/** It is this candidate's turn. */
	begin(candidate: Candidate): void;
}

/**
 * Who may begin a handshake, in the order of asking: not more than `most` at once, and none that memory could not
 * finish. The rest wait, they do not fail (row Z3).
 */
export default class Admission<Candidate> {
	readonly #options: AdmissionOptions<Candidate>;
	#waiting: Candidate[] = [];
	readonly #admitted = new Set<Candidate>();
	#retry: Timer | undefined;

	constructor(options: AdmissionOptions<Candidate>) {
		this.#options = options;
	}

	/** Asks for a turn, which may come before this returns. Asking again changes nothing. */
	ask(candidate: Candidate): void {
		if (this.#admitted.has(candidate) || this.#waiting.includes(candidate)) return;
		this.#waiting.push(candidate);
		this.next();
	}

	/** The candidate is done, or waits no longer. Call `next` some time after. */
	leave(candidate: Candidate): void {
		this.#admitted.delete(candidate);
		this.#waiting = this.#waiting.filter(other => other !== candidate);
	}

	/** Lets begin whoever may. */
	next(): void {
		const { most, begin } = this.#options;
		while (this.#waiting.length > 0 && this.#admitted.size < most) {
			if (!this.#hasMemory()) {
				this.#tryLater();
				return;
			}
			const candidate = this.#waiting.shift() as Candidate;
			this.#admitted.add(candidate);
			begin(candidate);
		}
	}

	/** Forgets everybody. */
	clear(): void {
		this.#waiting = [];
		this.#admitted.clear();
		if (this.#retry !== undefined) Timer.clear(this.#retry);
		this.#retry = undefined;
	}

	#hasMemory(): boolean {
		const block = this.#options.largestBlock();
		return block === undefined || block >= this.#options.memory;
	}

	/** Memory comes free without telling anybody: ask again, as long as somebody waits for it. */
	#tryLater(): void {
		this.#retry ??= Timer.set(() => {
			this.#retry = undefined;
			this.next();
		}, limits.memoryRetry);
	}
}

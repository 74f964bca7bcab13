import Time from "time";
import Timer from "timer";
import { limits } from "../limits";
import Watch from "./watch";

const { handshakeReads, stallTimeout } = limits;

/** Where an applicant is: it has not asked, waits, has a slot, has lost it because its peer stalls, or is done. */
export type Turn = "none" | "waiting" | "begun" | "stalled" | "over";

/** Who asks for a turn; what is kept in it is admission's. */
export interface Applicant {
	turn: Turn;
	/** It has begun and not taken its memory yet. */
	isReserved: boolean;
	/** How often its peer was heard of since it began. */
	reads: number;
	/** Ticks at which its peer counts as stalled. */
	stallsAt: number;
}

export interface AdmissionOptions<Candidate extends Applicant> {
	/** Handshakes at once. */
	most: number;
	/** Bytes that must be free in one block before a handshake begins. */
	memory: number;
	/** The largest free block, bytes; `undefined` where there is no bound. */
	largestBlock(): number | undefined;
	/** It is this candidate's turn; `hasAllocated` follows, at once or later, or `leave`. */
	begin(candidate: Candidate): void;
	/** There is no memory for its turn. */
	fail(candidate: Candidate, error: unknown): void;
	/** Memory is short and somebody waits for it: gives up a handshake that stalls; `false` when there is none. */
	makeRoom(): boolean;
}

/**
 * Who may begin a handshake, in the order of asking: not more than `most` at once, and none that memory could not
 * finish. The rest wait, they do not fail (row Z3). A handshake whose peer stalls goes on without a slot, so that it
 * delays nobody (row Z2).
 */
export default class Admission<Candidate extends Applicant> {
	readonly #options: AdmissionOptions<Candidate>;
	#waiting: Candidate[] = [];
	/** Those with a slot. */
	readonly #begun = new Set<Candidate>();
	#reserved = 0;
	readonly #watch = new Watch(now => this.takeStalled(now));
	#retry: Timer | undefined;

	constructor(options: AdmissionOptions<Candidate>) {
		this.#options = options;
	}

	/** Somebody waits for a turn. */
	get isAwaited(): boolean {
		return this.#waiting.length > 0;
	}

	/** Asks for a turn, which may come before this returns. Asking again changes nothing. */
	ask(candidate: Candidate): void {
		if (candidate.turn !== "none") return;
		candidate.turn = "waiting";
		this.#waiting.push(candidate);
		this.next();
	}

	/** The peer has sent something. */
	heard(candidate: Candidate): void {
		if (candidate.turn !== "begun") return;
		candidate.reads += 1;
		// Who sends it byte by byte stalls too.
		if (candidate.reads <= handshakeReads) candidate.stallsAt = Time.ticks + stallTimeout;
	}

	/** What the candidate's handshake takes of memory shows in `largestBlock` from now on. */
	hasAllocated(candidate: Candidate): void {
		if (candidate.isReserved) this.#reserved -= 1;
		candidate.isReserved = false;
	}

	/** The candidate is done, or waits no longer. Call `next` some time after. */
	leave(candidate: Candidate): void {
		const { turn } = candidate;
		candidate.turn = "over";
		if (turn === "begun") this.#begun.delete(candidate);
		else if (turn === "waiting") this.#waiting = this.#waiting.filter(other => other !== candidate);
		this.hasAllocated(candidate);
	}

	/** Lets begin whoever may. */
	next(): void {
		while (this.#waiting.length > 0 && this.#begun.size < this.#options.most) {
			if (!this.hasMemory()) {
				if (!this.#options.makeRoom()) this.tryLater();
				return;
			}
			this.begin(this.#waiting.shift() as Candidate);
		}
	}

	private begin(candidate: Candidate): void {
		const now = Time.ticks;
		try {
			this.#watch.within(stallTimeout, now);
			this.#begun.add(candidate);
		} catch (error) {
			this.#options.fail(candidate, error);
			return;
		}
		candidate.stallsAt = now + stallTimeout;
		candidate.isReserved = true;
		candidate.turn = "begun";
		this.#reserved += 1;
		this.#options.begin(candidate);
	}

	/** Forgets everybody. */
	clear(): void {
		this.#waiting = [];
		this.#begun.clear();
		this.#reserved = 0;
		this.#watch.stop();
		if (this.#retry !== undefined) Timer.clear(this.#retry);
		this.#retry = undefined;
	}

	/** Takes the slots of those that stall; returns the milliseconds until the next might. */
	private takeStalled(now: number): number | undefined {
		let least: number | undefined;
		for (const candidate of [...this.#begun]) {
			const left = (candidate.stallsAt - now) | 0;
			if (left > 0) {
				if (least === undefined || left < least) least = left;
				continue;
			}
			candidate.turn = "stalled";
			this.#begun.delete(candidate);
		}
		this.next();
		return least;
	}

	private hasMemory(): boolean {
		const block = this.#options.largestBlock();
		return block === undefined || block >= this.#options.memory * (1 + this.#reserved);
	}

	/** Memory comes free without telling anybody: ask again, as long as somebody waits for it. */
	private tryLater(): void {
		this.#retry ??= Timer.set(() => {
			this.#retry = undefined;
			this.next();
		}, limits.memoryRetry);
	}
}

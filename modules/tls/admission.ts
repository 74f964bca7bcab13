import Timer from "timer";
import { limits } from "./limits";

export interface AdmissionOptions<Candidate> {
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

/** That of a candidate whose turn it is. */
interface Slot {
	/** Until its peer counts as stalled. */
	timer: Timer;
	reads: number;
}

/**
 * Who may begin a handshake, in the order of asking: not more than `most` at once, and none that memory could not
 * finish. The rest wait, they do not fail (row Z3). A handshake whose peer stalls goes on without a slot, so that it
 * delays nobody (row Z2).
 */
export default class Admission<Candidate> {
	readonly #options: AdmissionOptions<Candidate>;
	#waiting: Candidate[] = [];
	readonly #slots = new Map<Candidate, Slot>();
	/** Those that lost their slots. */
	readonly #stalled = new Set<Candidate>();
	/** Those that have begun and not taken their memory yet. */
	readonly #unallocated = new Set<Candidate>();
	#retry: Timer | undefined;

	constructor(options: AdmissionOptions<Candidate>) {
		this.#options = options;
	}

	/** Asks for a turn, which may come before this returns. Asking again changes nothing. */
	ask(candidate: Candidate): void {
		if (this.#slots.has(candidate) || this.#stalled.has(candidate) || this.#waiting.includes(candidate)) return;
		this.#waiting.push(candidate);
		this.next();
	}

	/** The peer has sent something. */
	heard(candidate: Candidate): void {
		const slot = this.#slots.get(candidate);
		// Who sends it byte by byte stalls too.
		if (slot === undefined || ++slot.reads > limits.handshakeReads) return;
		Timer.clear(slot.timer);
		slot.timer = this.startStallTimer(candidate);
	}

	/** What the candidate's handshake takes of memory shows in `largestBlock` from now on. */
	hasAllocated(candidate: Candidate): void {
		this.#unallocated.delete(candidate);
	}

	/** The candidate is done, or waits no longer. Call `next` some time after. */
	leave(candidate: Candidate): void {
		this.takeSlot(candidate);
		this.#stalled.delete(candidate);
		this.#unallocated.delete(candidate);
		this.#waiting = this.#waiting.filter(other => other !== candidate);
	}

	/** Lets begin whoever may. */
	next(): void {
		const { most, begin, makeRoom } = this.#options;
		while (this.#waiting.length > 0 && this.#slots.size < most) {
			if (!this.hasMemory()) {
				if (!makeRoom()) this.tryLater();
				return;
			}
			const candidate = this.#waiting.shift() as Candidate;
			if (this.giveSlot(candidate)) begin(candidate);
		}
	}

	private giveSlot(candidate: Candidate): boolean {
		try {
			this.#slots.set(candidate, { timer: this.startStallTimer(candidate), reads: 0 });
		} catch (error) {
			this.#options.fail(candidate, error);
			return false;
		}
		this.#unallocated.add(candidate);
		return true;
	}

	/** Forgets everybody. */
	clear(): void {
		this.#waiting = [];
		for (const candidate of [...this.#slots.keys()]) this.takeSlot(candidate);
		this.#stalled.clear();
		this.#unallocated.clear();
		if (this.#retry !== undefined) Timer.clear(this.#retry);
		this.#retry = undefined;
	}

	private startStallTimer(candidate: Candidate): Timer {
		return Timer.set(() => {
			this.#slots.delete(candidate);
			this.#stalled.add(candidate);
			this.next();
		}, limits.stallTimeout);
	}

	private takeSlot(candidate: Candidate): void {
		const slot = this.#slots.get(candidate);
		if (slot !== undefined) Timer.clear(slot.timer);
		this.#slots.delete(candidate);
	}

	private hasMemory(): boolean {
		const block = this.#options.largestBlock();
		return block === undefined || block >= this.#options.memory * (1 + this.#unallocated.size);
	}

	/** Memory comes free without telling anybody: ask again, as long as somebody waits for it. */
	private tryLater(): void {
		this.#retry ??= Timer.set(() => {
			this.#retry = undefined;
			this.next();
		}, limits.memoryRetry);
	}
}

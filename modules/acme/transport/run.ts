import Timer from "timer";
import ACMEError, { noMemory } from "../error";
import { limits } from "../limits";
import type { Answer, RoomStep, Step, Steps } from "../protocol/steps";
import type Requester from "./requester";

/** Gives back what is held. */
export interface GiveBack {
	(): void;
	/** Whether XS has so many bytes of chunks now, whoever else may want them; with slots, so many of both beside what others may take. */
	isThere?(bytes: number, slots?: number): boolean;
	/** So many bytes of XS's slots and chunks are taken for now: no others need be kept for them. */
	took?(slots: number, chunks: number): void;
	/** Whether nobody is there who could leave, or give anything back. */
	isAlone?(): boolean;
}

/** Memory that what is done is charged to, before it begins: a server's. */
export interface Memory {
	/** Takes bytes, once there is room. @returns what gives them back; `undefined` when there has been none for a while */
	hold(bytes: number): Promise<GiveBack | undefined>;
}

export interface RunOptions {
	readonly requester: Requester;
	readonly memory: Memory | undefined;
	/** Bytes of XS's chunks that keeping the account takes. */
	readonly accountRoom: number;
	/** The CA has an account for the key, or, for `undefined`, not any more. */
	onAccount(url: string | undefined): void;
}

/** Does what the protocol wants done, step by step, and hands it what comes of it. */
export default class Run<Result> {
	/** `undefined` once they have ended: what they know takes memory that the result may need. */
	#steps: Steps<Result> | undefined;
	readonly #options: RunOptions;
	readonly #done: (result: Result | undefined, error?: unknown) => void;
	#timer: Timer | undefined;
	#deadline: Timer | undefined;
	#isClosed = false;
	#giveBack: GiveBack | undefined;
	/** What has been asked for the present answer, as often as `maxAsks` counts it. */
	#asks = 0;

	/** @param done is called once, later */
	constructor(steps: Steps<Result>, options: RunOptions, done: (result: Result | undefined, error?: unknown) => void) {
		this.#steps = steps;
		this.#options = options;
		this.#done = done;
		options.requester.room = this;
		// What an application does for a proof may never end, and a CA may take its time for each answer.
		this.#deadline = Timer.set(() => this.expire(), limits.callTimeout);
		this.begin(0);
	}

	/** Once there is memory. It is held for the whole: what is given back in between goes into slots of XS, which do not come back. */
	private begin(asks: number): void {
		const { memory } = this.#options;
		const granted = (giveBack: GiveBack | undefined) => {
			if (this.#isClosed) giveBack?.();
			else if (giveBack !== undefined) {
				this.#giveBack = giveBack;
				this.go(steps => steps.next());
			} else if (asks < limits.maxAsks) this.wait(limits.poll, () => this.begin(asks + 1));
			else this.failStep(noMemory());
		};
		Promise.resolve()
			.then(() => (memory === undefined ? () => {} : memory.hold(limits.charge)))
			.then(granted, error => this.failStep(error));
	}

	private giveBack(): void {
		this.#giveBack?.();
		this.#giveBack = undefined;
	}

	/** Ends it: a proof that is shown is withdrawn, and nothing is told any more. */
	close(): void {
		this.giveUp(new ACMEError("CLOSED", "The order was given up"));
	}

	private expire(): void {
		const error = new ACMEError("TIMEOUT", "The CA has not been done with in time");
		this.giveUp(error);
		this.#done(undefined, error);
	}

	private giveUp(error: ACMEError): void {
		if (this.#isClosed) return;
		this.end();
		this.giveBack();
		try {
			const { value } = this.#steps?.throw(error) ?? {};
			if ((value as Step | undefined)?.type === "withdraw") this.doStep(value as Step);
		} catch {
			// That is what was thrown.
		}
	}

	private end(): void {
		this.#isClosed = true;
		for (const timer of [this.#timer, this.#deadline]) if (timer !== undefined) Timer.clear(timer);
		this.#timer = this.#deadline = undefined;
		this.#options.requester.close();
	}

	private go(next: (steps: Steps<Result>) => IteratorResult<Step, Result>): void {
		if (this.#isClosed || this.#steps === undefined) return;
		try {
			const { done, value } = next(this.#steps);
			if (done) this.finish(value as Result);
			else this.doStep(value as Step);
		} catch (error) {
			this.finish(undefined, error);
		}
	}

	/** Not at once: what the last answer was read into can go before. What is done with the result is charged still. */
	private finish(result: Result | undefined, error?: unknown): void {
		this.end();
		this.#steps = undefined;
		Promise.resolve().then(() => {
			try {
				this.#done(result, error);
			} finally {
				this.giveBack();
			}
		});
	}

	private resume(answer?: Answer): void {
		this.go(steps => (answer === undefined ? steps.next(undefined) : steps.next(answer)));
	}

	private failStep(error: unknown): void {
		this.go(steps => steps.throw(error));
	}

	private doStep(step: Step): void {
		switch (step.type) {
			case "request":
				this.#asks = 0;
				this.#options.requester.request(step, (answer, error) => {
					if (error === undefined) this.resume(answer);
					else this.failStep(error);
				});
				break;
			case "wait":
				this.wait(step.milliseconds, () => this.resume());
				break;
			case "room":
				this.waitForRoom(step, 0, () => this.resume());
				break;
			case "account":
				this.waitForRoom({ bytes: this.#options.accountRoom }, 0, () => this.keepAccount(step.url));
				break;
			default: {
				const { challenge, proof } = step;
				const act = () => (step.type === "show" ? challenge.show(proof) : challenge.withdraw(proof));
				this.settle(act, step.type === "withdraw");
			}
		}
	}

	/** Whether XS has so many bytes, as {@link GiveBack.isThere} says, where anybody can tell. */
	hasRoom(bytes: number, slots?: number): boolean {
		const giveBack = this.#giveBack;
		return giveBack === undefined ? this.#options.memory === undefined : (giveBack.isThere?.(bytes, slots) ?? true);
	}

	/** @internal Whether the connection to the CA is there, which takes part of what is held for as long as it lasts. */
	connected(isConnected: boolean): void {
		this.#giveBack?.took?.(isConnected ? limits.connectionSlots : 0, isConnected ? limits.connectionChunks : 0);
	}

	private get askCost(): number {
		return this.#giveBack?.isAlone?.() ? limits.askAlone : 1;
	}

	/** A chain that is longer than most takes more than is held, which others may have taken. */
	private waitForRoom(step: Pick<RoomStep, "bytes" | "slots">, asks: number, then: () => void): void {
		if (this.hasRoom(step.bytes, step.slots)) Promise.resolve().then(then);
		else if (asks < limits.maxAsks) this.wait(limits.poll, () => this.waitForRoom(step, asks + this.askCost, then));
		else this.failStep(noMemory());
	}

	/** @internal The same for what comes of an answer. */
	lookAgain(look: () => void): void {
		this.#asks += this.askCost;
		if (this.#asks > limits.maxAsks) throw noMemory();
		this.wait(limits.poll, look);
	}

	private keepAccount(url: string | undefined): void {
		this.go(steps => {
			this.#options.onAccount(url);
			return steps.next();
		});
	}

	/** What an application does may fail, and take its time. */
	private settle(act: () => void | Promise<void>, mayFail: boolean): void {
		const failed = (error: unknown) => {
			const text = `The proof could not be shown or withdrawn: ${error}`;
			if (!mayFail) this.failStep(new ACMEError("CHALLENGE_FAILED", text));
			else {
				trace(`${text}\n`);
				this.resume();
			}
		};
		Promise.resolve()
			.then(act)
			.then(() => this.resume(), failed);
	}

	private wait(milliseconds: number, then: () => void): void {
		this.#timer = Timer.set(() => {
			this.#timer = undefined;
			then();
		}, milliseconds);
	}
}

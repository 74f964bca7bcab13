import type Deadlines from "../async/deadlines";
import type { Deadline } from "../async/deadlines";
import { isAlone, type Taking } from "./unasked";

/** What is asked for. */
export interface Wanted {
	readonly bytes: number;
	/** Whether they are XS's slots, not chunks. */
	readonly areObjects: boolean;
}

/** Gives back what is held. */
export interface GiveBack {
	(): void;
	/** Whether XS has so many bytes of chunks more now, whoever else may want them; with slots, so many of both beside all that others may take. */
	isThere(bytes: number, slots?: number): boolean;
	/** So many bytes of each are taken for now: what is left of what is held is left to it, beside connections. */
	took(slots: number, chunks: number): void;
	/** Whether nobody is there who could leave, or give anything back. */
	isAlone(): boolean;
}

/** Has `release` called once. */
export const makeGiveBack = (
	release: () => void,
	isThere: GiveBack["isThere"],
	took: GiveBack["took"],
	taking: Taking
): GiveBack => {
	let isGivenBack = false;
	const giveBack = () => {
		if (!isGivenBack) release();
		isGivenBack = true;
	};
	giveBack.isThere = isThere;
	giveBack.isAlone = () => isAlone(taking);
	giveBack.took = (slots: number, chunks: number) => {
		if (!isGivenBack) took(slots, chunks);
	};
	return giveBack;
};

/** An account that waits for room. */
export interface WaitingAccount {
	/** Bytes held. */
	readonly held: number;
	/** Takes it, if there is enough. */
	takeNow(bytes: number, areObjects: boolean): boolean;
}

/** Who waits for room. */
class Waiter implements Deadline, Wanted {
	deadline: number | undefined;
	readonly account: WaitingAccount;
	readonly bytes: number;
	readonly areObjects: boolean;
	/** Called once, with whether the room has been granted. */
	readonly settle: (isGranted: boolean) => void;
	readonly #waiters: Waiters;

	constructor(waiters: Waiters, account: WaitingAccount, wanted: Wanted, settle: (isGranted: boolean) => void) {
		this.#waiters = waiters;
		this.account = account;
		this.bytes = wanted.bytes;
		this.areObjects = wanted.areObjects;
		this.settle = settle;
	}

	expire(): void {
		this.#waiters.refuse(this);
	}
}

/** Milliseconds between two looks for room, while others give nothing back. */
const lookAgain = 100;

/** Whose bytes they wait for. */
interface WaitersOwner {
	/** What each place has for itself. */
	readonly share: number;
	/** All that is not divided among the places. */
	readonly common: number;
	/** How often there was no room. */
	refused: number;
	/** Has what can be done without given back. */
	relieve(): void;
	/** What of so many bytes is no place's own. */
	commonPart(held: number): number;
}

/** Those who wait for room, the first first. */
export default class Waiters {
	readonly #owner: WaitersOwner;
	readonly #deadlines: Deadlines | undefined;
	readonly #timeout: number;
	#all: Waiter[] = [];
	#isServing = false;
	/** Who is asked for just now. */
	#asking: Waiter | undefined;
	/** Nothing says when XS has room again, which the application may have had, or what is garbage now. */
	readonly #look: Deadline = { deadline: undefined, expire: () => this.look() };

	/** @param timeout milliseconds that are waited for room at most. */
	constructor(owner: WaitersOwner, deadlines: Deadlines | undefined, timeout: number) {
		this.#owner = owner;
		this.#deadlines = deadlines;
		this.#timeout = timeout;
	}

	/** How many wait for the objects of a request, but for the one that is asked for just now: none of them has a handler yet. */
	get forObjects(): number {
		let count = 0;
		for (const waiter of this.#all) if (waiter.areObjects && waiter !== this.#asking) count++;
		return count;
	}

	/** `account` waits until what it wants is granted, or others go on by its being refused. */
	add(account: WaitingAccount, wanted: Wanted, settle: (isGranted: boolean) => void): Deadline {
		const waiter = new Waiter(this, account, wanted, settle);
		this.#all.push(waiter);
		this.#deadlines?.set(waiter, this.#timeout);
		if (this.#look.deadline === undefined) this.#deadlines?.set(this.#look, lookAgain);
		// Not here, where XS's stack is deepest.
		if (this.#all.length > 1) Promise.resolve().then(() => this.endCircle());
		return waiter;
	}

	/** Whether they hold so much that none of them can go on, whatever all others give back. */
	private get isStuck(): boolean {
		const owner = this.#owner;
		let free = owner.common;
		for (const { account } of this.#all) free -= owner.commonPart(account.held);
		for (const { account, bytes } of this.#all)
			if (owner.commonPart(account.held + bytes) - owner.commonPart(account.held) <= free) return false;
		return true;
	}

	/** They wait for each other: those who hold least are refused, of two that hold as much the later one, until one can go on. */
	private endCircle(): void {
		while (this.#all.length > 1 && this.isStuck) {
			let least: Waiter | undefined;
			for (const waiter of this.#all) {
				const { held } = waiter.account;
				if (held > this.#owner.share && held <= (least?.account.held ?? Number.POSITIVE_INFINITY)) least = waiter;
			}
			if (least === undefined) return;
			this.refuse(least);
		}
	}

	/** It does not wait any longer. */
	end(waiter: Deadline): void {
		this.#deadlines?.clear(waiter);
	}

	/** It need not wait any longer: there has been no room in time, or its connection has closed. */
	refuse(waiter: Deadline): void {
		const before = this.#all;
		this.#all = before.filter(each => each !== waiter);
		if (this.#all.length === before.length) return;
		this.#owner.refused++;
		if (this.#all.length === 0) this.#deadlines?.clear(this.#look);
		(waiter as Waiter).settle(false);
	}

	/** Who is slow with what it holds may have become so since they began to wait. */
	private look(): void {
		this.#owner.relieve();
		this.serve();
	}

	/** Grants room to them, if there are any; not here: whoever gives back is in the midst of something. */
	serve(): void {
		if (this.#isServing || this.#all.length === 0) return;
		this.#isServing = true;
		Promise.resolve().then(() => {
			this.#isServing = false;
			// One after the other: what the first takes, XS has no more for the next. Objects are made later.
			for (const waiter of this.#all) {
				if (!this.#all.includes(waiter) || !this.isGranted(waiter)) continue;
				waiter.settle(true);
				if (waiter.areObjects) break;
			}
			if (this.#all.length > 0) this.#deadlines?.set(this.#look, lookAgain);
			else this.#deadlines?.clear(this.#look);
		});
	}

	/** Grants what it wants if there is room: it waits no longer then. */
	private isGranted(waiter: Waiter): boolean {
		this.#asking = waiter;
		const isGranted = waiter.account.takeNow(waiter.bytes, waiter.areObjects);
		this.#asking = undefined;
		if (isGranted) this.#all = this.#all.filter(each => each !== waiter);
		return isGranted;
	}
}

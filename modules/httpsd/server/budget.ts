// XS lives in one fixed block on a device, and when that is full the device restarts: there is no exception to catch.
// So what a peer can make grow is charged here before it is allocated; what has no room waits, or is refused (row Z12).

import type Deadlines from "../async/deadlines";
import type { Expiring } from "../async/deadlines";
import HeldContents, { HeldContent } from "./held-content";

/** Who waits for room. */
class Waiter implements Expiring {
	deadline: number | undefined;
	readonly account: Account;
	readonly bytes: number;
	/** Called once, with whether the room has been granted. */
	readonly settle: (isGranted: boolean) => void;
	readonly #budget: Budget;

	constructor(budget: Budget, account: Account, bytes: number, settle: (isGranted: boolean) => void) {
		this.#budget = budget;
		this.account = account;
		this.bytes = bytes;
		this.settle = settle;
	}

	expire(): void {
		this.#budget.refuse(this);
	}
}

/** Of all, what is divided among the places; and of the rest, what one connection may hold. */
const parts = Object.freeze({ shares: 1 / 3, ofCommon: 1 / 2 } as const);

/** Of the places, those that may wait: TLS holds up to 16 kB for who is not read. */
const waitingPart = 1 / 4;

/**
 * Bytes of XS heap that the connections of a server hold together, beside what they hold at rest. A third of them is
 * divided among the places, so that nobody can starve the rest; the others are for whoever comes first, but no
 * connection may hold more than half of that, unless the largest content that is allowed needs it.
 */
export default class Budget {
	/** @internal What each place has for itself. */
	share = 0;
	/** Bytes held. */
	used = 0;
	/** The most that were held at once. */
	peak = 0;
	/** How often there was no room. */
	refused = 0;
	/** The most that is granted. */
	readonly limit: number;
	/** Bytes of it that are kept free for the head that is being parsed: there is only ever one. */
	readonly reserve: number;
	/** @internal What clients have not taken of responses and messages. */
	readonly contents = new HeldContents();
	/** Have what can be done without given back. */
	readonly #relievers: (() => void)[] = [];
	#places = 0;
	/** Bytes of the common part that nobody holds; negative when what came already was counted. */
	#left = 0;
	/** The most that one connection may ever hold. */
	#most = 0;
	/** Those who wait, the first first. */
	#waiters: Waiter[] = [];
	#isServing = false;

	/** What the largest content takes that is allowed. */
	readonly largest: number;
	readonly #deadlines: Deadlines | undefined;
	readonly #timeout: number;

	/** @param timeout milliseconds that are waited for room at most. */
	constructor(limit: number, reserve = 0, largest = 0, deadlines?: Deadlines, timeout = 0) {
		this.limit = limit;
		this.largest = largest;
		this.#deadlines = deadlines;
		this.#timeout = timeout;
		this.reserve = reserve < limit / 2 ? reserve : Math.floor(limit / 2);
	}

	/**
	 * Adds places for connections, before there are any.
	 * @param relieve has them give back what they can do without.
	 */
	addPlaces(count: number, relieve: () => void): void {
		this.#relievers.push(relieve);
		this.#places += count;
		const all = this.limit - this.reserve;
		this.share = Math.floor((all * parts.shares) / this.#places);
		this.#left = all - this.share * this.#places;
		const most = Math.max(Math.floor(this.#left * parts.ofCommon), this.largest - this.share);
		this.#most = this.share + (this.#places === 1 || most > this.#left ? this.#left : most);
	}

	/** The most that one connection may ever hold. */
	get most(): number {
		return this.#most;
	}

	/** @internal Has what can be done without given back. */
	relieve(): void {
		for (const relieve of this.#relievers) relieve();
	}

	/** @internal Whether a connection that holds `before` may hold `after` bytes. */
	allows(before: number, after: number): boolean {
		if (after > this.#most) return false;
		const common = this.commonPart(after) - this.commonPart(before);
		return common <= 0 || common <= this.#left;
	}

	/** @internal A connection that held `before` bytes holds `after`. */
	change(before: number, after: number): void {
		this.#left -= this.commonPart(after) - this.commonPart(before);
		this.used += after - before;
		if (this.used > this.peak) this.peak = this.used;
		if (after < before && this.#waiters.length > 0) this.serve();
	}

	/** @internal Whether another may wait. */
	get mayWait(): boolean {
		return this.#waiters.length < Math.max(1, this.#places * waitingPart);
	}

	/** @internal `account` waits until so many bytes are granted. */
	wait(account: Account, bytes: number, settle: (isGranted: boolean) => void): Expiring {
		const waiter = new Waiter(this, account, bytes, settle);
		this.#waiters.push(waiter);
		this.#deadlines?.set(waiter, this.#timeout);
		return waiter;
	}

	/** @internal It does not wait any longer. */
	endWait(waiter: Expiring): void {
		this.#deadlines?.clear(waiter);
	}

	/** @internal It need not wait any longer: there has been no room in time, or its connection has closed. */
	refuse(waiter: Expiring): void {
		const before = this.#waiters;
		this.#waiters = before.filter(each => each !== waiter);
		if (this.#waiters.length === before.length) return;
		this.refused++;
		(waiter as Waiter).settle(false);
	}

	/** Grants room to those who wait, not here: whoever gives back is in the midst of something. */
	private serve(): void {
		if (this.#isServing) return;
		this.#isServing = true;
		Promise.resolve().then(() => {
			this.#isServing = false;
			const granted = this.#waiters.filter(({ account, bytes }) => account.takeNow(bytes));
			this.#waiters = this.#waiters.filter(waiter => !granted.includes(waiter));
			for (const { settle } of granted) settle(true);
		});
	}

	private commonPart(held: number): number {
		return held > this.share ? held - this.share : 0;
	}
}

/** What one connection holds of a budget. The busiest methods come first. */
export class Account {
	#held = 0;
	readonly #budget: Budget;
	#isClosed = false;
	#waiter: Expiring | undefined;

	constructor(budget: Budget) {
		this.#budget = budget;
	}

	/**
	 * Asks for room, before it is used. A closed connection, whose handler may still run, holds nothing, but is not
	 * granted what there is no room for.
	 * @returns whether there is.
	 */
	take(bytes: number): boolean {
		if (this.#held + bytes > this.#budget.share && !this.fits(bytes)) return false;
		this.force(bytes);
		return true;
	}

	/** Counts bytes that have come already, and of which a limit allows few. Negative: they are given back. */
	force(bytes: number): void {
		if (this.#isClosed || bytes === 0) return;
		const before = this.#held;
		const budget = this.#budget;
		this.#held += bytes;
		if (before > budget.share || this.#held > budget.share || this.#waiter !== undefined)
			budget.change(before, this.#held);
		else {
			budget.used += bytes;
			if (budget.used > budget.peak) budget.peak = budget.used;
		}
	}

	/** Whether `take()` would be granted now. If not, that counts as refused. */
	fits(bytes: number): boolean {
		const budget = this.#budget;
		const held = this.#held + bytes;
		if (held <= budget.share || budget.allows(this.#held, held)) return true;
		budget.relieve();
		if (budget.allows(this.#held, this.#held + bytes)) return true;
		budget.refused++;
		return false;
	}

	/**
	 * Content that has been made waits until the client takes it. However long it is, it counts for no more than this
	 * connection may hold: it is there already, and is sent in pieces.
	 * @returns what is held, perhaps by others too, to be given to `release()`; `undefined` when there is no room now.
	 */
	hold(content: string | ArrayBuffer, length: number): HeldContent | undefined {
		const { contents } = this.#budget;
		const same = contents.find(content);
		if (same !== undefined) {
			same.add(this);
			return same;
		}
		const bytes = this.leastFor(length);
		if (!this.take(bytes)) return undefined;
		const held = new HeldContent(content, bytes, this);
		contents.add(held);
		return held;
	}

	/** Whether `hold()` would be granted now. If not, that counts as refused. */
	canHold(content: string | ArrayBuffer, length: number): boolean {
		return this.#budget.contents.find(content) !== undefined || this.fits(this.leastFor(length));
	}

	release(held: HeldContent): void {
		this.#budget.contents.remove(held, this);
	}

	/** What `length` bytes that are there already count for. */
	leastFor(length: number): number {
		const left = this.most - this.#held;
		if (left <= 0) return 0;
		return length < left ? length : left;
	}

	/** Gives back what was taken. */
	give(bytes: number): void {
		this.force(-bytes);
	}

	/** Bytes held. */
	get held(): number {
		return this.#held;
	}

	/** Whether it waits for room. */
	get isWaiting(): boolean {
		return this.#waiter !== undefined;
	}

	/** The most that could ever be held. */
	get most(): number {
		return this.#budget.most;
	}

	/** Bytes that are free for the head that is being parsed, and need not be taken. */
	get reserve(): number {
		return this.#budget.reserve;
	}

	/** As `take()`, but nobody gives anything back for it, and it does not count as refused. */
	takeNow(bytes: number): boolean {
		const held = this.#held + bytes;
		if (held > this.#budget.share && !this.#budget.allows(this.#held, held)) return false;
		this.force(bytes);
		return true;
	}

	/**
	 * Waits for room, one at a time, and few of all.
	 * @param settle is called later, with whether the room has been taken: not when others hold it for too long, or the
	 * connection closes.
	 */
	wait(bytes: number, settle: (isGranted: boolean) => void): void {
		if (this.#isClosed || this.#waiter !== undefined || !this.#budget.mayWait) {
			Promise.resolve().then(() => settle(false));
			return;
		}
		const waiter = this.#budget.wait(this, bytes, isGranted => {
			this.endWait();
			settle(isGranted);
		});
		this.#waiter = waiter;
	}

	private endWait(): void {
		if (this.#waiter !== undefined) this.#budget.endWait(this.#waiter);
		this.#waiter = undefined;
	}

	/** The connection has closed: gives all back. */
	close(): void {
		const waiter = this.#waiter;
		if (waiter !== undefined) this.#budget.refuse(waiter);
		this.force(-this.#held);
		this.#isClosed = true;
	}
}

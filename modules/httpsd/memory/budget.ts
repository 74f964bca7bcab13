// XS lives in one fixed block on a device, and when that is full the device restarts: there is no exception to catch.
// So what a peer can make grow is charged here before it is allocated; what has no room waits, or is refused (row Z12).

import type Deadlines from "../async/deadlines";
import type { Deadline } from "../async/deadlines";
import { ciphertext, fixedCosts, handlerCost, idleCosts, roomyChunks } from "./costs";
import HeldContents from "./held-content";
import { hasRoomInXS, makeRoomInXS } from "./xs-room";

/** What is asked for. */
interface Wanted {
	readonly bytes: number;
	/** Whether they are XS's slots, not chunks. */
	readonly areObjects: boolean;
}

/** Gives back what is held. */
export interface GiveBack {
	(): void;
	/** Whether XS has so many bytes of chunks more now, whoever else may want them. */
	isThere(bytes: number): boolean;
}

/** An account that waits for room. */
interface WaitingAccount {
	/** Bytes held. */
	readonly held: number;
	/** Takes it, if there is enough. */
	takeNow(bytes: number, areObjects: boolean): boolean;
}

/** Milliseconds between looks whether XS has room for those who wait. */
const lookAgain = 100;

/** Who waits for room. */
class Waiter implements Deadline, Wanted {
	deadline: number | undefined;
	readonly account: WaitingAccount;
	readonly bytes: number;
	readonly areObjects: boolean;
	/** Called once, with whether the room has been granted. */
	readonly settle: (isGranted: boolean) => void;
	readonly #budget: Budget;

	constructor(budget: Budget, account: WaitingAccount, wanted: Wanted, settle: (isGranted: boolean) => void) {
		this.#budget = budget;
		this.account = account;
		this.bytes = wanted.bytes;
		this.areObjects = wanted.areObjects;
		this.settle = settle;
	}

	expire(): void {
		this.#budget.refuse(this);
	}
}

/** Of all, what is divided among the places; and of the rest, what one connection may hold, and what is no connection's. */
const parts = Object.freeze({ shares: 1 / 3, ofCommon: 1 / 2, ofHeld: 3 / 4 } as const);

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
	/** @internal Connections that there are. */
	open = 0;
	/** The most that is granted. */
	readonly limit: number;
	/** Bytes of it that are kept free for the head that is being parsed: there is only ever one. */
	readonly reserve: number;
	/** @internal What clients have not taken of responses and messages. */
	readonly contents: HeldContents = new HeldContents();
	/** Have what can be done without given back. */
	readonly #relievers: (() => void)[] = [];
	#places = 0;
	/** Bytes of TLS's pieces. */
	#pieces = 0;
	/** Bytes of the common part. */
	#common = 0;
	/** Bytes of it that nobody holds; negative when what came already was counted. */
	#left = 0;
	/** The most that one connection may ever hold. */
	#most = 0;
	/** Those who wait, the first first. */
	#waiters: Waiter[] = [];
	#isServing = false;
	readonly #look: Deadline = { deadline: undefined, expire: () => this.look() };

	/** What the largest content takes that is allowed. */
	readonly largest: number;
	readonly #deadlines: Deadlines | undefined;
	readonly #timeout: number;
	readonly #hasRoom: (slots: number, chunks: number) => boolean;

	/**
	 * @param timeout milliseconds that are waited for room at most.
	 * @param hasRoom whether XS has room for so many bytes of slots and of chunks more.
	 */
	constructor(
		limit: number,
		reserve = 0,
		largest = 0,
		deadlines?: Deadlines,
		timeout = 0,
		hasRoom: (slots: number, chunks: number) => boolean = hasRoomInXS
	) {
		this.limit = limit;
		this.largest = largest;
		this.#deadlines = deadlines;
		this.#timeout = timeout;
		this.#hasRoom = hasRoom;
		this.reserve = reserve < limit / 2 ? reserve : Math.floor(limit / 2);
	}

	/**
	 * Adds places for connections, before there are any.
	 * @param relieve has them give back what they can do without.
	 * @param isSecure whether they are of TLS.
	 */
	addPlaces(count: number, relieve: () => void, isSecure = false): void {
		this.#relievers.push(relieve);
		this.#places += count;
		if (isSecure) this.#pieces += ciphertext.read * count + ciphertext.sent;
		const all = this.limit - this.reserve;
		this.share = Math.floor((all * parts.shares) / this.#places);
		this.#left = this.#common = all - this.share * this.#places;
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
	allows(before: number, after: number, areObjects = false): boolean {
		if (after > this.#most) return false;
		const common = this.commonPart(after) - this.commonPart(before);
		return common <= 0 || (common <= this.#left && this.isThere(after - before, areObjects));
	}

	/**
	 * Whether XS has them, however much the application has taken: beside what places have of their own, a head that is parsed, connections
	 * that may come, and TLS's pieces, which need not ask. XS keeps what slots have taken; so objects leave room for content, and for what need not ask
	 * as slots and as chunks, for it may be those at one time and these at another.
	 */
	private isThere(bytes: number, areObjects: boolean): boolean {
		const { slots, shares } = this;
		const pieces = this.#pieces;
		if (!areObjects) return this.#hasRoom(slots, shares + pieces + bytes);
		const unasked = shares + this.reserve;
		const content = (this.largest - fixedCosts.content) / 2;
		return this.#hasRoom(slots + unasked + bytes, unasked + (content > pieces ? content : pieces));
	}

	/** What places have of their own, and have not taken. */
	private get shares(): number {
		const ofShares = this.used - (this.#common - this.#left);
		return this.share * this.#places - ofShares;
	}

	/** Bytes of slots of connections that may come, and of handshakes. */
	private get slots(): number {
		return idleCosts.connection * (this.#places - this.open) + idleCosts.handshake * this.#places;
	}

	/** @internal Connections may come: XS takes now what slots they take anyway, and collects more rarely. */
	begin(): void {
		makeRoomInXS(this.slots, Math.min(this.limit / 2, roomyChunks));
	}

	/** @internal Whether XS has room for one handler more than there are places, beside what need not ask. */
	get hasRoomForHandler(): boolean {
		const unasked = this.shares + this.reserve;
		return this.#hasRoom(this.slots + unasked + handlerCost, unasked + this.#pieces);
	}

	/** @internal Whether XS has room for so many bytes of chunks, which nothing else counts, beside what need not ask. */
	hasRoomBeside(bytes: number): boolean {
		return this.isThere(bytes, false);
	}

	/** @internal Whether XS has room for so many bytes of chunks now, whoever else may want it. */
	hasRoomNow(bytes: number): boolean {
		return this.#hasRoom(0, bytes);
	}

	/** @internal The client of a connection has left: its place is free, whatever a handler still holds. */
	left(): void {
		this.open--;
		if (this.#waiters.length > 0) this.serve();
	}

	/** @internal A connection that held `before` bytes holds `after`. */
	change(before: number, after: number): void {
		this.#left -= this.commonPart(after) - this.commonPart(before);
		this.used += after - before;
		if (this.used > this.peak) this.peak = this.used;
		if (after < before && this.#waiters.length > 0) this.serve();
	}

	/**
	 * @internal Takes bytes for what is no connection's, now or later; no more than `parts.ofHeld` of what is not divided
	 * among the places, so that clients are served meanwhile.
	 * @param settle is called once, with what gives them back; with `undefined` when there has been no room in time.
	 */
	hold(wanted: number, settle: (giveBack: GiveBack | undefined) => void): void {
		const { share } = this;
		const most = Math.floor(this.#common * parts.ofHeld);
		const bytes = wanted < most ? wanted : most;
		const takeNow = () => {
			if (bytes > this.#left || !this.isThere(bytes, false)) return false;
			this.change(share, share + bytes);
			return true;
		};
		const giveBack = Object.assign(
			once(() => this.change(share + bytes, share)),
			{ isThere: (more: number) => this.hasRoomNow(more) }
		);
		if (takeNow()) {
			settle(giveBack);
			return;
		}
		this.relieve();
		const waiter = this.wait({ held: share, takeNow }, { bytes, areObjects: false }, isGranted => {
			this.endWait(waiter);
			settle(isGranted ? giveBack : undefined);
		});
		this.serve();
	}

	/** @internal `account` waits until what it wants is granted, or others go on by its being refused. */
	wait(account: WaitingAccount, wanted: Wanted, settle: (isGranted: boolean) => void): Deadline {
		const waiter = new Waiter(this, account, wanted, settle);
		this.#waiters.push(waiter);
		this.#deadlines?.set(waiter, this.#timeout);
		this.#deadlines?.set(this.#look, lookAgain);
		// Not here, where XS's stack is deepest.
		if (this.#waiters.length > 1) Promise.resolve().then(() => this.endCircle());
		return waiter;
	}

	/** Whether those who wait hold so much that none of them can go on, whatever all others give back. */
	private get isStuck(): boolean {
		let free = this.#common;
		for (const { account } of this.#waiters) free -= this.commonPart(account.held);
		for (const { account, bytes } of this.#waiters)
			if (this.commonPart(account.held + bytes) - this.commonPart(account.held) <= free) return false;
		return true;
	}

	/** They wait for each other: those who hold least are refused, of two that hold as much the later one, until one can go on. */
	private endCircle(): void {
		while (this.#waiters.length > 1 && this.isStuck) {
			let least: Waiter | undefined;
			for (const waiter of this.#waiters)
				if (waiter.account.held > this.share && waiter.account.held <= (least?.account.held ?? this.limit))
					least = waiter;
			if (least === undefined) return;
			this.refuse(least);
		}
	}

	/** @internal It does not wait any longer. */
	endWait(waiter: Deadline): void {
		this.#deadlines?.clear(waiter);
	}

	/** @internal It need not wait any longer: there has been no room in time, or its connection has closed. */
	refuse(waiter: Deadline): void {
		const before = this.#waiters;
		this.#waiters = before.filter(each => each !== waiter);
		if (this.#waiters.length === before.length) return;
		this.refused++;
		(waiter as Waiter).settle(false);
	}

	/** XS may have room by now though nobody has given any back: what an order at a CA was done with is collected behind its end. */
	private look(): void {
		if (this.#waiters.length === 0) return;
		this.serve();
		this.#deadlines?.set(this.#look, lookAgain);
	}

	/** Grants room to those who wait, not here: whoever gives back is in the midst of something. */
	private serve(): void {
		if (this.#isServing) return;
		this.#isServing = true;
		Promise.resolve().then(() => {
			this.#isServing = false;
			const granted = this.#waiters.filter(({ account, bytes, areObjects }) => account.takeNow(bytes, areObjects));
			this.#waiters = this.#waiters.filter(waiter => !granted.includes(waiter));
			for (const { settle } of granted) settle(true);
		});
	}

	private commonPart(held: number): number {
		return held > this.share ? held - this.share : 0;
	}
}

const once = (call: () => void): (() => void) => {
	let isCalled = false;
	return () => {
		if (!isCalled) call();
		isCalled = true;
	};
};

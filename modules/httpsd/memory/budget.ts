// XS lives in one fixed block on a device, and when that is full the device restarts: there is no exception to catch.
// So what a peer can make grow is charged here before it is allocated; what has no room waits, or is refused (row Z12).

import type Deadlines from "../async/deadlines";
import type { Deadline } from "../async/deadlines";
import { hasRoomInXS, makeRoomInXS, xsLeft } from "../heap/xs-room";
import BesideRequests, { type Held, nothingKept } from "./beside-requests";
import { fixedCosts, handlerCost, idleCosts, roomyChunks } from "./costs";
import HeldContents from "./held-content";
import {
	beginTaking,
	besideContent,
	besideHeld,
	besideObjects,
	besideOthers,
	endTaking,
	type Placed,
	type Room,
	type Takers,
	unasked
} from "./unasked";
import Waiters, { type GiveBack, makeGiveBack, type WaitingAccount, type Wanted } from "./waiters";

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
	/** Bytes held; the most that were held at once; how often there was no room. */
	used = 0;
	peak = 0;
	refused = 0;
	/** @internal Connections that there are. */
	open = 0;
	/** The most that is granted. */
	readonly limit: number;
	/** Bytes of it that are kept free for the head that is being parsed: there is only ever one. */
	readonly reserve: number;
	/** @internal What clients have not taken of responses and messages. */
	readonly contents: HeldContents = new HeldContents();
	readonly #placed: Placed[] = [];
	/** All, and those of TLS; connections, and those whose client has left and whose handler goes on. */
	#places = 0;
	#secure = 0;
	#accounts = 0;
	/** @internal Bytes of the common part; and of it those that nobody holds: negative when what came already was counted. */
	common = 0;
	#left = 0;
	/** @internal The most that one connection may ever hold. */
	most = 0;
	readonly #waiters: Waiters;
	/** Made when something is held for the first time: 64 bytes of slots are an ESP8266's WebSocket. */
	#held: BesideRequests | undefined;
	/** What the largest content takes that is allowed; and what of it are chunks at its end. */
	readonly largest: number;
	readonly #content: number;
	#isBounded = true;
	/** Whether other servers have to leave room for connections. */
	#hasBegun = false;
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
		this.#content = (largest - fixedCosts.content) / 2;
		this.#waiters = new Waiters(this, deadlines, timeout);
		this.#hasRoom = hasRoom;
		this.reserve = reserve < limit / 2 ? reserve : Math.floor(limit / 2);
	}

	/**
	 * Adds places for connections, before there are any.
	 * @param isSecure whether they are of TLS.
	 */
	addPlaces(count: number, placed: Placed, isSecure = false): void {
		this.#placed.push(placed);
		this.#places += count;
		if (isSecure) this.#secure += count;
		const all = this.limit - this.reserve;
		this.share = Math.floor((all * parts.shares) / this.#places);
		this.#left = this.common = all - this.share * this.#places;
		const most = Math.max(Math.floor(this.#left * parts.ofCommon), this.largest - this.share);
		this.most = this.share + (this.#places === 1 || most > this.#left ? this.#left : most);
	}

	/** @internal Has what can be done without given back. */
	relieve(): void {
		for (const each of this.#placed) each.relieve();
	}

	/** @internal Whether a connection that holds `before` may hold `after` bytes. */
	allows(before: number, after: number, areObjects = false): boolean {
		if (after > this.most) return false;
		const common = this.commonPart(after) - this.commonPart(before);
		return common <= 0 || (common <= this.#left && this.hasRoomBeside(after - before, areObjects));
	}

	/**
	 * @internal Whether XS has them, however much the application has taken, beside what others need not ask for, and the next connection, which has
	 * a place in any case where there is room for one: more of them wait in TCP.
	 */
	hasRoomBeside(bytes: number, areObjects = false): boolean {
		return this.isThereBeside(takers =>
			areObjects ? besideObjects(takers, bytes, this.#content) : besideContent(takers, bytes)
		);
	}

	private isThereBeside(need: (takers: Takers) => Room): boolean {
		if (!this.#isBounded) return true;
		const handshakes = this.#secure > 0 ? 1 : 0;
		// Where all places are taken a handshake asks for itself, and waits in TCP until another connection has made room.
		if (this.open >= this.#places) return this.has(need(this.takersWith(0)));
		if (this.has(need(this.takersWith(1)))) return true;
		// Nothing is kept back for one that cannot come in any case, but for its handshake: all that are open would wait without end.
		return !this.hasRoomFor(1, 1) && this.has(need(this.takersWith(0, handshakes)));
	}

	private has(room: Room): boolean {
		const { slots, chunks } = besideOthers(room, this);
		return this.#hasRoom(slots, chunks);
	}

	/** Those that are open, and so many more, with so many handshakes, as far as there are places. */
	private takersWith(more: number, handshakes = more, open = this.open, closing = 0): Takers {
		const all = Math.min(open + more, this.#places);
		let handling = this.#waiters.forObjects;
		for (const each of this.#placed) handling += each.handling;
		return {
			open,
			handling,
			more: all > open ? all - open : 0,
			handshakes,
			closing,
			areSecure: this.#secure > 0,
			secure: all < this.#secure ? all : this.#secure,
			// But for what is held of them; who has left may still take the rest of his.
			shares: this.share * (all + this.#accounts - this.open) - (this.used - (this.common - this.#left)),
			head: this.reserve,
			kept: this.#held?.keptBeside(open) ?? nothingKept
		};
	}

	/** @internal */
	get takers(): Takers {
		return this.takersWith(0);
	}

	/**
	 * @internal What so many more take, with so many handshakes, beside those that are open: and a request with content, unless as much is held already.
	 * Of all that are accepted none would have any, where they had taken the room for it.
	 */
	roomFor(more: number, handshakes: number, closing = 0, open: number = this.open): Room {
		const takers = this.takersWith(more, handshakes, open, closing);
		const objects = fixedCosts.content - Math.max(0, this.common - this.#left - (this.#held?.bytes ?? 0));
		const isBeside = this.open > 0 && open + takers.more > this.open;
		return isBeside && objects > handlerCost ? besideObjects(takers, objects, this.#content) : unasked(takers);
	}

	/**
	 * @internal Whether XS has room for all that so many more may take without asking later, and so many handshakes, beside all that those may that
	 * are open.
	 * @param closing connections that TLS closes already: XS need not have more for them.
	 */
	hasRoomFor(more: number, handshakes: number, closing = 0): boolean {
		return !this.#isBounded || this.has(this.roomFor(more, handshakes, closing));
	}

	/** @internal The same for one that is through its handshake. */
	hasRoomForEstablished(closing: number): boolean {
		return !this.#isBounded || this.has(this.roomFor(0, 1, closing, this.open + 1));
	}

	/** @internal Connections may come: XS takes now what slots they take anyway, as many as it has room for, and collects more rarely. */
	begin(): void {
		this.#isBounded = this.#hasRoom !== hasRoomInXS || xsLeft() >= 0;
		if (!this.#isBounded) return;
		this.#hasBegun = true;
		let places = this.#places;
		const handshakes = this.#secure > 0 ? 1 : 0;
		while (places > 1 && !this.hasRoomFor(places, handshakes)) places--;
		makeRoomInXS(
			places * (idleCosts.connection + handshakes * idleCosts.handshake),
			Math.min(this.limit / 2, roomyChunks)
		);
	}

	/** @internal Whether XS has room for so many bytes of chunks now, whoever else may want it. */
	hasRoomNow(bytes: number): boolean {
		return this.#hasRoom(0, bytes);
	}

	/** @internal A connection has come. */
	came(): void {
		this.open++;
		if (this.#accounts++ === 0 && this.#hasBegun) beginTaking(this);
	}

	/** @internal The client of a connection has left: its place is free, whatever a handler still holds. */
	left(): void {
		this.open--;
		this.#waiters.serve();
	}

	/** @internal So many hold nothing any more. */
	ended(accounts: number): void {
		this.#accounts -= accounts;
		if (this.#accounts + (this.#held?.bytes ?? 0) === 0) endTaking(this);
	}

	/** @internal A connection that held `before` bytes holds `after`. */
	change(before: number, after: number): void {
		this.#left -= this.commonPart(after) - this.commonPart(before);
		this.used += after - before;
		if (this.used > this.peak) this.peak = this.used;
		if (after < before) this.#waiters.serve();
	}

	/**
	 * @internal Takes bytes for what is no connection's, now or later; it is charged `parts.ofHeld` of what is not divided at most, so that clients are served, and taken in any case.
	 * @param settle is called once, with what gives them back; with `undefined` when there has been no room in time.
	 */
	hold(wanted: number, settle: (giveBack: GiveBack | undefined) => void): void {
		const { share } = this;
		this.#held ??= new BesideRequests();
		const beside = this.#held;
		const bytes = Math.min(wanted, Math.floor(this.common * parts.ofHeld));
		let [held, waiting]: [Held | undefined, number] = [undefined, 0];
		const takeNow = () => {
			beside.wanted -= waiting;
			waiting = 0;
			if (bytes > this.#left || !this.isThereBeside(takers => besideHeld(takers, wanted, wanted))) {
				beside.wanted += waiting = wanted;
				return false;
			}
			this.change(share, share + bytes);
			held = beside.hold(wanted);
			beginTaking(this);
			return true;
		};
		const giveBack = makeGiveBack(
			() => {
				held?.giveBack();
				this.ended(0);
				this.change(share + bytes, share);
			},
			(more, slots) =>
				slots === undefined ? this.hasRoomNow(more) : this.isThereBeside(takers => besideHeld(takers, more, slots)),
			(slots, chunks) => held?.took(slots, chunks),
			this
		);
		if (takeNow()) {
			settle(giveBack);
			return;
		}
		this.relieve();
		const waiter = this.wait({ held: share, takeNow }, { bytes, areObjects: false }, isGranted => {
			this.endWait(waiter);
			beside.wanted -= waiting;
			settle(isGranted ? giveBack : undefined);
		});
		this.#waiters.serve();
	}

	/** @internal `account` waits until what it wants is granted, or others go on by its being refused. */
	wait(account: WaitingAccount, wanted: Wanted, settle: (isGranted: boolean) => void): Deadline {
		return this.#waiters.add(account, wanted, settle);
	}

	/** @internal */
	endWait(waiter: Deadline): void {
		this.#waiters.end(waiter);
	}

	/** @internal */
	refuse(waiter: Deadline): void {
		this.#waiters.refuse(waiter);
	}

	/** @internal What of so many bytes is no place's own. */
	commonPart(held: number): number {
		return held > this.share ? held - this.share : 0;
	}
}

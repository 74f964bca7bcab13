import Timer from "timer";
import type { DirectSocket, Socket } from "../../io";
import type { Limits } from "../limits";
import type { HeadReaderOwner } from "../message/kept-head";
import { isSame } from "../message/native-head";
import RequestHeadReader from "../message/request-head";

/** Whose input it is. */
export interface InputOwner extends HeadReaderOwner {
	readonly socket: Socket;
	/** The socket's, if it has one. */
	readonly direct: DirectSocket | undefined;
	readonly limits: Readonly<Limits>;
	/** A turn begins: there may be bytes to take. */
	wake(): void;
}

/** Where a turn ends that is over. */
const resting = Number.NEGATIVE_INFINITY;

/**
 * What has come on a socket: bytes that were read and put back or read ahead, then those that the socket has announced.
 * After so many bytes the turn is over and others are served first: a client can send without end, and make few bytes
 * cost much.
 *
 * What reads heads of it is the same object rather than another, for each connection has one.
 */
export default class Input<Owner extends InputOwner = InputOwner> extends RequestHeadReader<Owner> {
	/** Bytes that the socket holds ready. */
	available = 0;
	/** Bytes read from the socket so far. */
	total = 0;
	/** What is put back or read ahead. Limits allow little of it, and it has come: it is counted, and not refused. */
	ready: ArrayBuffer | undefined;
	/** How many bytes have been read when this turn is over, or `resting`. */
	private turnEnd: number;

	constructor(owner: Owner) {
		super(owner);
		this.turnEnd = owner.limits.bytesPerTurn;
	}

	/** Whether this turn is over: others are served before there are bytes to take again. */
	get resting(): boolean {
		return this.turnEnd === resting;
	}

	/**
	 * The next bytes; `undefined` when there are none in this turn.
	 * @param max the most to read from the socket.
	 * @param known what they may be: then they are this buffer.
	 */
	take(max: number, known?: ArrayBuffer): ArrayBuffer | undefined {
		if (this.total >= this.turnEnd) {
			this.endTurn();
			return undefined;
		}
		const rest = this.ready;
		if (rest !== undefined) {
			this.ready = undefined;
			this.owner.account.force(-rest.byteLength);
			return rest;
		}
		const available = this.available;
		const count = available < max ? available : max;
		if (count === 0) return undefined;
		const owner = this.owner;
		const direct = known === undefined ? undefined : owner.direct;
		const bytes =
			direct === undefined ? sameOf(owner.socket.read(count), known) : direct.readLike(count, known as ArrayBuffer);
		if (bytes === undefined) {
			this.available = 0;
			return undefined;
		}
		this.available = available - count;
		this.total += count;
		return bytes as ArrayBuffer;
	}

	/** Whether there is nothing to take, in this turn or another. */
	get empty(): boolean {
		return this.ready === undefined && this.available === 0;
	}

	/** Puts back the end of what was taken last. */
	putBack(bytes: ArrayBuffer | undefined): void {
		if (bytes === this.ready) return;
		this.owner.account.force((bytes?.byteLength ?? 0) - (this.ready?.byteLength ?? 0));
		this.ready = bytes;
	}

	/**
	 * Reads what has come, to be taken later, if no more than `max` bytes wait then: the socket reports the end of the
	 * connection only when all that came before it has been read.
	 * @returns whether the socket holds nothing more.
	 */
	ahead(max: number): boolean {
		if (this.available === 0) return true;
		const rest = this.ready;
		if (this.available + (rest?.byteLength ?? 0) > max) return false;
		const end = this.turnEnd;
		this.ready = undefined;
		this.turnEnd = Number.POSITIVE_INFINITY;
		const bytes = this.take(max);
		this.owner.account.force(bytes?.byteLength ?? 0);
		this.ready = rest === undefined || bytes === undefined ? (rest ?? bytes) : rest.concat(bytes);
		this.turnEnd = end;
		return true;
	}

	/** Counts so many bytes more for what was taken, which has cost more than its length. */
	charge(bytes: number): void {
		this.turnEnd -= bytes;
		if (this.total >= this.turnEnd) this.endTurn();
	}

	/** Ends the turn: nothing more is taken in it. */
	endTurn(): void {
		if (this.turnEnd === resting) return;
		this.turnEnd = resting;
		Timer.set(() => {
			if (this.turnEnd !== resting) return;
			this.turnEnd = this.total + this.owner.limits.bytesPerTurn;
			this.owner.wake();
		});
	}

	/** The connection has ended: what was read ahead, which is not much, can be taken without turns. */
	end(): void {
		this.available = 0;
		this.turnEnd = Number.POSITIVE_INFINITY;
	}
}

const sameOf = (bytes: ArrayBuffer | number | undefined, known: ArrayBuffer | undefined): typeof bytes => {
	return bytes !== undefined && known !== undefined && isSame(bytes as ArrayBuffer, known) ? known : bytes;
};

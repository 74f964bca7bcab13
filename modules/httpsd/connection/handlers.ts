import type Deadlines from "../async/deadlines";
import type { Deadline } from "../async/deadlines";
import HttpError from "../http-error";
import type { Limits } from "../limits";

/** A request that may have to wait for the handlers of others. */
interface Startable {
	/** Has its handler called. */
	start(): void;
	/** There has been no room for it in time. */
	refuse(): void;
}

/** What is given back when the handlers of a client that has left have ended. */
interface Closable {
	close(): void;
}

/** Where handlers go on, some of them in no connection's place any more. */
interface HandlerOwner {
	readonly budget: {
		/** Whether XS has room for all that so many connections and handshakes more may take, beside those that there are. */
		hasRoomFor(more: number, handshakes: number): boolean;
	};
	/** Whether XS has room for another connection. */
	readonly hasRoom: boolean;
	/** A connection may be accepted again. */
	onIdle(): void;
}

type HandlerLimits = Pick<Limits, "maxConnections" | "memoryTimeout" | "responseTimeout">;

/** Milliseconds between two looks for what nobody can go on with, while others wait. */
const lookAgain = 100;

/**
 * The functions of an application that are under way for one request or channel: those whose promises have not settled, and
 * one that has not completed its response. While there are any it counts among the {@link Handlers}.
 */
export class Handling implements Deadline {
	deadline: number | undefined;
	/** @internal Whether it goes on behind its response or its client, in no connection's place. */
	isLeft = false;
	readonly #handlers: Handlers;
	#pending = 0;
	#hasResponse = false;
	/** What a handler has to have to complete the response of a client that has left. */
	#response: WeakRef<object> | undefined;
	#account: Closable | undefined;

	constructor(handlers: Handlers) {
		this.#handlers = handlers;
	}

	/** One goes on until the promise resolves; it must not reject. */
	follow(promise: PromiseLike<unknown>): void {
		this.begin();
		promise.then(() => this.settle());
	}

	/** One goes on until the response is complete. */
	respond(): void {
		this.#hasResponse = true;
		this.begin();
	}

	/** The response is complete, or the handler has been told that its client has left. What goes on now has a deadline. */
	responded(): void {
		if (this.#hasResponse) {
			this.#hasResponse = false;
			this.settle();
		}
		if (this.#pending > 0) this.#handlers.limit(this);
	}

	/**
	 * The client has left.
	 * @param response what a handler without a promise has to have to go on; `undefined` when it is told of the end.
	 * @param account what the client's connection holds: closed with the last handler, or now.
	 */
	leave(response: object | undefined, account: Closable): void {
		this.#account = account;
		if (this.#hasResponse && this.#pending === 1 && response !== undefined) this.#response = new WeakRef(response);
		else this.responded();
		if (this.#pending > 0) this.#handlers.limit(this);
		else this.expire();
	}

	/** Whether nobody can go on: all have dropped the response, and there is no promise. */
	get isDropped(): boolean {
		return this.#pending === 1 && this.#response !== undefined && this.#response.deref() === undefined;
	}

	/** It has gone on for too long behind its response or its client: it counts no more. */
	expire(): void {
		this.#pending = 0;
		this.#hasResponse = false;
		this.#response = undefined;
		this.#handlers.ended(this);
		this.#account?.close();
		this.#account = undefined;
	}

	/** One goes on until `settle()`. */
	begin(): void {
		if (this.#pending++ === 0) this.#handlers.began(this);
	}

	settle(): void {
		if (this.#pending > 0 && --this.#pending === 0) this.expire();
	}
}

/** Waits for the handlers of others. */
class Waiting implements Deadline {
	deadline: number | undefined;
	readonly startable: Startable;
	readonly #handlers: Handlers;

	constructor(startable: Startable, handlers: Handlers) {
		this.startable = startable;
		this.#handlers = handlers;
	}

	expire(): void {
		this.#handlers.cancel(this.startable);
		this.startable.refuse();
	}
}

/**
 * What handlers are under way, of clients that have left too: what those hold is in no connection's place. There are no
 * more than places, or clients that ask and leave, or ask again while a handler goes on behind its response, would have them
 * fill the heap. While there are any of those, a further one, and a connection that could have one, want room in XS as well.
 * A request waits for one to end for `memoryTimeout` at most, a connection is not accepted before. For lack of room in XS a
 * connection waits where there are none, too; nothing says when the application gives some back, so XS is asked again and again.
 */
export default class Handlers {
	readonly #limits: Readonly<HandlerLimits>;
	readonly #deadlines: Deadlines;
	readonly #owner: HandlerOwner;
	readonly #underWay = new Set<Handling>();
	/** How many of them are left. */
	#left = 0;
	#waiting: Waiting[] = [];
	/** Connections without end. */
	longLived = 0;
	/** Whether a request may have to wait: else it need not ask. */
	mayBeMany = false;
	/** Whether connections wait for room in XS, by its last word. */
	isAwaited = false;
	#isStarting = false;
	readonly #look: Deadline = { deadline: undefined, expire: () => this.look() };

	constructor(limits: Readonly<HandlerLimits>, deadlines: Deadlines, owner: HandlerOwner) {
		this.#limits = limits;
		this.#deadlines = deadlines;
		this.#owner = owner;
	}

	private get areMany(): boolean {
		if (!this.isFull) return false;
		this.endDropped();
		return this.isFull;
	}

	private get isFull(): boolean {
		return this.#underWay.size >= this.#limits.maxConnections || !this.hasRoom;
	}

	private get hasRoom(): boolean {
		return this.#left === 0 || this.#owner.budget.hasRoomFor(0, 0);
	}

	/** Those that are under way in a connection's place. */
	get inPlaces(): number {
		return this.#underWay.size - this.#left;
	}

	/** Those that are in none any more. */
	get left(): number {
		return this.#left;
	}

	/** Whether XS has room for another connection. If not, `onIdle()` is called when it is to be asked again. */
	get mayAccept(): boolean {
		// To ask XS may take a collection, and clients may come at any rate.
		if (this.isAwaited) return false;
		if (this.#owner.hasRoom) return true;
		if (this.#left > 0) this.endDropped();
		if (this.#left > 0 && this.#owner.hasRoom) return true;
		this.isAwaited = true;
		this.#deadlines.set(this.#look, lookAgain);
		return false;
	}

	/** @returns `true`: it is started as soon as another has ended, or refused. */
	hasToWait(startable: Startable): boolean {
		if (!this.areMany) return false;
		const waiting = new Waiting(startable, this);
		this.#waiting.push(waiting);
		this.#deadlines.set(waiting, this.#limits.memoryTimeout);
		this.#deadlines.set(this.#look, lookAgain);
		return true;
	}

	/** It waits no longer. */
	cancel(startable: Startable): void {
		const waiting = this.#waiting.find(each => each.startable === startable);
		if (waiting === undefined) return;
		this.#deadlines.clear(waiting);
		this.#waiting = this.#waiting.filter(each => each !== waiting);
	}

	/** @internal */
	began(handling: Handling): void {
		this.#underWay.add(handling);
		this.count();
	}

	private count(): void {
		this.mayBeMany = this.#left > 0 || this.#underWay.size >= this.#limits.maxConnections;
	}

	/** @internal It may go on for `responseTimeout` more: a promise that never settles must not count for ever. */
	limit(handling: Handling): void {
		if (handling.isLeft) return;
		handling.isLeft = true;
		this.#left++;
		this.count();
		this.#deadlines.set(handling, this.#limits.responseTimeout);
	}

	/** @internal */
	ended(handling: Handling): void {
		this.#deadlines.clear(handling);
		if (handling.isLeft) this.#left--;
		handling.isLeft = false;
		const isOne = this.#underWay.delete(handling);
		this.count();
		if (isOne) this.startNext();
	}

	/** The server has stopped: none counts any more. */
	endAll(): void {
		this.#deadlines.clear(this.#look);
		this.isAwaited = false;
		for (const handling of [...this.#underWay]) handling.expire();
	}

	private endDropped(): void {
		for (const handling of [...this.#underWay]) if (handling.isDropped) handling.expire();
	}

	private look(): void {
		this.endDropped();
		this.startNext();
		if (this.#waiting.length > 0) this.#deadlines.set(this.#look, lookAgain);
	}

	/** Not here: whoever ends is in the midst of something. */
	private startNext(): void {
		if (this.#isStarting || (this.#waiting.length === 0 && !this.isAwaited)) return;
		this.#isStarting = true;
		Promise.resolve().then(() => {
			this.#isStarting = false;
			this.start();
		});
	}

	private start(): void {
		while (this.#waiting.length > 0 && !this.isFull) {
			const waiting = this.#waiting.shift();
			if (waiting === undefined) break;
			this.#deadlines.clear(waiting);
			waiting.startable.start();
		}
		if (!this.isAwaited) return;
		this.isAwaited = false;
		this.#owner.onIdle();
	}
}

export const manyHandlers = (): HttpError => {
	return new HttpError(503, "PLACES", "Server has as many handlers under way as it takes");
};

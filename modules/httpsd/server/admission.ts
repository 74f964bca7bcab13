import { xsLeft } from "../heap/xs-room";
import HttpError from "../http-error";
import type Budget from "../memory/budget";

/** Where they come from. */
interface Listening {
	/** Connections that are being closed. */
	readonly closing?: number;
	close(): void;
}

/** Whose connections are admitted. */
interface AdmissionOwner {
	readonly budget: Budget;
	readonly handlers: { readonly left: number };
	/** There is no room for any connection. Does not throw. */
	full(error: HttpError): void;
}

/**
 * Whether XS has room for a connection, with all that it may take without asking later: so there are as many places as the application
 * leaves, and no client can have XS abort. That there is none for any is told once, until there is.
 */
export default class Admission {
	readonly #owner: AdmissionOwner;
	readonly #isSecure: boolean;
	#isFull = false;
	#listener: Listening | undefined;

	constructor(owner: AdmissionOwner, isSecure: boolean) {
		this.#owner = owner;
		this.#isSecure = isSecure;
	}

	/**
	 * Connections may come.
	 * @throws {HttpError} when there is no room for any: the listener is closed then
	 */
	begin(listener: Listening): void {
		this.#isFull = false;
		this.#listener = listener;
		if (this.hasRoomForPlace) return;
		listener.close();
		throw this.makeError();
	}

	private get hasRoomForPlace(): boolean {
		return this.#owner.budget.hasRoomFor(1, this.#isSecure ? 1 : 0);
	}

	private get closing(): number {
		return this.#listener?.closing ?? 0;
	}

	/** Whether there is room for a connection that waits to be read. */
	get hasRoom(): boolean {
		const { budget } = this.#owner;
		return this.#isSecure ? budget.hasRoomForEstablished(this.closing) : this.mayTake(this.hasRoomForPlace, 0);
	}

	/**
	 * Whether a connection may be taken from TCP, beside so many that wait to be read or are in their handshakes. Where there is no room for another
	 * place one may, alone: it is seen to wait then, and another is closed for it.
	 */
	mayBegin(pending: number): boolean {
		const { budget } = this.#owner;
		const { closing } = this;
		const isPlace = budget.hasRoomFor(pending + 1, pending + 1, closing);
		return this.mayTake(isPlace || (pending === 0 && budget.open > 0 && budget.hasRoomFor(0, 1, closing)), pending);
	}

	private mayTake(hasRoom: boolean, pending: number): boolean {
		const { budget, handlers } = this.#owner;
		if (hasRoom) this.#isFull = false;
		else if (pending === 0 && budget.open === 0 && handlers.left === 0 && !this.#isFull) {
			this.#isFull = true;
			this.#owner.full(this.makeError());
		}
		return hasRoom;
	}

	private makeError(): HttpError {
		const { slots, chunks } = this.#owner.budget.roomFor(1, this.#isSecure ? 1 : 0);
		return new HttpError(
			503,
			"MEMORY",
			`One connection may take ${slots} bytes of XS's slots and ${chunks} of its chunks, and ${xsLeft()} are left: the application or the limits memory and maxKeptHead have to be smaller`
		);
	}
}

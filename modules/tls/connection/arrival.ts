import { TLSDetails } from "../details";
import type TLSError from "../error";
import type Pump from "./pump";
import type { PumpEvents } from "./pump-events";
import type Session from "./session";

/** What the owner of an established connection is told; `this` is the owner. */
export interface ArrivalCallbacks<Owner> {
	onReadable?: ((this: Owner, count: number) => void) | undefined;
	onWritable?: ((this: Owner, count: number) => void) | undefined;
	onError?: ((this: Owner, error?: TLSError) => void) | undefined;
	onSession?: ((this: Owner, session: ArrayBuffer) => void) | undefined;
	onClose?: ((this: Owner, unsent: number) => void) | undefined;
}

/** An established connection, and what came up while it had no owner. */
export default class Arrival<Owner> implements PumpEvents {
	readonly pump: Pump;
	readonly details: TLSDetails;
	hasEnded = false;
	declare error: TLSError | undefined;
	#owner: Owner | undefined;
	#onReadable: ((this: Owner, count: number) => void) | undefined;
	#onWritable: ((this: Owner, count: number) => void) | undefined;
	#onError: ((this: Owner, error?: TLSError) => void) | undefined;
	/** Not there unless the owner listens. */
	declare session?: (session: ArrayBuffer) => void;
	declare closed?: (unsent: number) => void;

	/** Listens to the pump from now on. */
	constructor(pump: Pump) {
		this.pump = pump;
		this.details = new TLSDetails(pump.session as Session);
		pump.events = this;
	}

	/** From now on this owner is told, and the one before it is not. */
	belongTo(owner: Owner, callbacks: ArrivalCallbacks<Owner>): void {
		this.#owner = owner;
		this.#onReadable = callbacks.onReadable;
		this.#onWritable = callbacks.onWritable;
		this.#onError = callbacks.onError;
		const { onSession, onClose } = callbacks;
		if (onSession !== undefined) this.session = session => onSession.call(owner, session);
		else if (this.session !== undefined) delete this.session;
		if (onClose !== undefined) this.closed = unsent => onClose.call(owner, unsent);
		else if (this.closed !== undefined) delete this.closed;
	}

	/** Tells the owner what is pending, as soon as its present call has returned. */
	tellLater(): void {
		const { pump } = this;
		if (pump.isEstablishing) return;
		Promise.resolve().then(() => {
			if (pump.events !== this) return;
			const { writable } = pump;
			if (writable > 0) this.writable(writable);
			if (pump.events === this && pump.readable > 0) this.readable(pump.readable);
		});
	}

	readable(count: number): void {
		this.#onReadable?.call(this.#owner as Owner, count);
	}

	writable(count: number): void {
		this.#onWritable?.call(this.#owner as Owner, count);
	}

	ended(error: TLSError | undefined): void {
		this.hasEnded = true;
		this.error = error;
		this.#onError?.call(this.#owner as Owner, error);
	}
}

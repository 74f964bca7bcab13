import { TLSDetails } from "../details";
import type TLSError from "../error";
import type Pump from "./pump";
import type { PumpEvents } from "./pump-events";
import type Session from "./session";

/** Callbacks of the owner of an established connection; `this` is the owner. */
export interface ConnectionCallbacks<Owner> {
	onReadable?: ((this: Owner, count: number) => void) | undefined;
	onWritable?: ((this: Owner, count: number) => void) | undefined;
	onError?: ((this: Owner, error?: TLSError) => void) | undefined;
	onSession?: ((this: Owner, session: ArrayBuffer) => void) | undefined;
	onClose?: ((this: Owner, unsent: number) => void) | undefined;
}

/**
 * An established connection, which a socket owns and may hand to another (`from`). Between `onEstablished` and its first
 * owner no callback is called: what the owner has missed is in the pump and in `hasEnded`.
 */
export default class EstablishedConnection<Owner> implements PumpEvents {
	readonly pump: Pump;
	readonly details: TLSDetails;
	hasEnded = false;
	declare error: TLSError | undefined;
	#owner: Owner | undefined;
	#onReadable: ((this: Owner, count: number) => void) | undefined;
	#onWritable: ((this: Owner, count: number) => void) | undefined;
	#onError: ((this: Owner, error?: TLSError) => void) | undefined;
	// Absent unless the owner has such a callback: the pump looks for them before it does what they need.
	declare onSession?: (session: ArrayBuffer) => void;
	declare onClose?: (unsent: number) => void;

	/** Receives the pump's events from now on. */
	constructor(pump: Pump) {
		this.pump = pump;
		this.details = new TLSDetails(pump.session as Session);
		pump.events = this;
	}

	/** Events go to this owner from now on. */
	setOwner(owner: Owner, callbacks: ConnectionCallbacks<Owner>): void {
		this.#owner = owner;
		this.#onReadable = callbacks.onReadable;
		this.#onWritable = callbacks.onWritable;
		this.#onError = callbacks.onError;
		const { onSession, onClose } = callbacks;
		if (onSession !== undefined) this.onSession = session => onSession.call(owner, session);
		else if (this.onSession !== undefined) delete this.onSession;
		if (onClose !== undefined) this.onClose = unsent => onClose.call(owner, unsent);
		else if (this.onClose !== undefined) delete this.onClose;
	}

	/** Tells the owner what can be read and written, as soon as its present call has returned. */
	notifyLater(): void {
		const { pump } = this;
		if (pump.isEstablishing) return;
		Promise.resolve().then(() => {
			if (pump.events !== this) return;
			const { writable } = pump;
			if (writable > 0) this.onWritable(writable);
			if (pump.events === this && pump.readable > 0) this.onReadable(pump.readable);
		});
	}

	onReadable(count: number): void {
		this.#onReadable?.call(this.#owner as Owner, count);
	}

	onWritable(count: number): void {
		this.#onWritable?.call(this.#owner as Owner, count);
	}

	onEnd(error: TLSError | undefined): void {
		this.hasEnded = true;
		this.error = error;
		this.#onError?.call(this.#owner as Owner, error);
	}
}

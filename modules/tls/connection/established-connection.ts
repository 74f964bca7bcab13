import type { Bytes, SocketUser } from "../../io";
import { TLSDetails } from "../details";
import type TLSError from "../error";
import type Pump from "./pump";
import type { PumpEvents } from "./pump-events";
import SendQueue from "./send-queue";
import type Session from "./session";

/** Callbacks of the owner of an established connection; `this` is the owner. */
export interface ConnectionCallbacks<Owner> {
	onReadable?: ((this: Owner, count: number) => void) | undefined;
	onWritable?: ((this: Owner, count: number) => void) | undefined;
	onError?: ((this: Owner, error?: TLSError) => void) | undefined;
	lowWater?: number | undefined;
	/** Is told in the place of those three: one call less for each, and no callbacks are kept. */
	user?: SocketUser | undefined;
	onSession?: ((this: Owner, session: ArrayBuffer) => void) | undefined;
	onClose?: ((this: Owner, unsent: number) => void) | undefined;
	/** By which functions that sockets share find what they are about. */
	target?: unknown;
}

type DataCallbacks<Owner> = Pick<ConnectionCallbacks<Owner>, "onReadable" | "onWritable" | "onError">;

/** Those of the last socket with a target: a server's are all the same, and need not keep them each. */
let latest: DataCallbacks<never> | undefined;

const shareCallbacks = <Owner>(given: ConnectionCallbacks<Owner>): DataCallbacks<Owner> => {
	const { onReadable, onWritable, onError, target } = given;
	const same = latest as DataCallbacks<Owner> | undefined;
	if (
		same !== undefined &&
		same.onReadable === onReadable &&
		same.onWritable === onWritable &&
		same.onError === onError
	)
		return same;
	const callbacks = { onReadable, onWritable, onError };
	if (target !== undefined) latest = callbacks;
	return callbacks;
};

/**
 * An established connection, which a socket owns and may hand to another (`from`). Between `onEstablished` and its first
 * owner no callback is called: what the owner has missed is in the pump and in `hasEnded`.
 */
export default class EstablishedConnection<Owner> implements PumpEvents {
	readonly pump: Pump;
	/** Why it has ended. */
	declare error: TLSError | undefined;
	/** Made when it is asked for: most connections never need it, and while they are idle it would be a tenth of them. */
	declare private kept: TLSDetails | undefined;
	/** Written with `more: true`, or waiting for room. */
	held: SendQueue | undefined;
	#owner: Owner | SocketUser | undefined;
	/** Of the owner, unless it is a `SocketUser`. */
	#callbacks: DataCallbacks<Owner> | undefined;
	/** See the socket's option. Absent without it. */
	declare lowWater?: number;
	// Absent unless the owner has such a callback: the pump looks for them before it does what they need.
	declare onSession?: (session: ArrayBuffer) => void;
	declare onClose?: (unsent: number) => void;

	/** Receives the pump's events from now on. */
	constructor(pump: Pump) {
		this.pump = pump;
		pump.events = this;
	}

	get details(): TLSDetails {
		this.kept ??= new TLSDetails(this.pump.session as Session);
		return this.kept;
	}

	/** The connection is over: the pump has no owner any more. */
	get hasEnded(): boolean {
		return this.pump.events !== this;
	}

	/** Events go to this owner from now on. */
	setOwner(owner: Owner, callbacks: ConnectionCallbacks<Owner>): void {
		this.#owner = callbacks.user ?? owner;
		this.pump.user = callbacks.user;
		this.#callbacks = callbacks.user === undefined ? shareCallbacks(callbacks) : undefined;
		const { onSession, onClose, lowWater } = callbacks;
		if (lowWater !== undefined) this.lowWater = lowWater;
		else if (this.lowWater !== undefined) delete this.lowWater;
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
			if (pump.events === this && pump.readable > 0) pump.tellReadable();
		});
	}

	onEnding(): void {
		this.kept ??= new TLSDetails(this.pump.session as Session);
	}

	onReadable(count: number): void {
		const callbacks = this.#callbacks;
		if (callbacks === undefined) (this.#owner as SocketUser | undefined)?.readable(count);
		else callbacks.onReadable?.call(this.#owner as Owner, count);
	}

	onWritable(count: number): void {
		let room = count;
		if (this.held !== undefined) {
			if (this.held.isComplete) room = this.sendLate(count);
			room -= this.held?.byteLength ?? 0;
			if (room <= 0) return;
		}
		this.pump.promised = room;
		const callbacks = this.#callbacks;
		if (callbacks === undefined) (this.#owner as SocketUser | undefined)?.writable(room);
		else callbacks.onWritable?.call(this.#owner as Owner, room);
	}

	/**
	 * Sends the bytes, or keeps a copy until there is room: each write takes a record with its overhead, so that many small
	 * ones need more room than one write of as many bytes as were announced.
	 * @param more the rest follows: to be sent together with the next write
	 * @returns the room that is left
	 * @throws {Error} more than was announced
	 */
	write(bytes: Bytes, more: boolean): number {
		const pump = this.pump;
		if (more || this.held !== undefined || bytes.byteLength > pump.announced) return this.hold(bytes, more);
		return pump.writePart(bytes, bytes.byteLength);
	}

	private hold(bytes: Bytes, more: boolean): number {
		const { pump } = this;
		const length = bytes.byteLength + (this.held?.byteLength ?? 0);
		if (length > pump.announced && bytes.byteLength > pump.promised && length > pump.writable)
			throw new Error(`Write of ${bytes.byteLength} bytes, more than there is room for`);
		pump.promised -= bytes.byteLength;
		this.held ??= new SendQueue();
		this.held.push(bytes);
		if (!more && length <= pump.announced) return this.sendHeld();
		if (!more) this.held.isComplete = true;
		return Math.max(pump.promised, pump.announced - length, 0);
	}

	/** Sends all that is held, whether there is room or not. @returns the room that is left */
	sendHeld(): number {
		const held = this.held;
		this.held = undefined;
		return held === undefined ? this.pump.announced : this.sendNow(held.takeAll());
	}

	/** What was held was counted then. */
	private sendNow(bytes: Bytes): number {
		this.pump.promised += bytes.byteLength;
		return this.pump.writePart(bytes, bytes.byteLength);
	}

	private sendLate(room: number): number {
		const held = this.held as SendQueue;
		return held.byteLength <= room ? this.sendHeld() : this.sendNow(held.take(room));
	}

	onEnd(error: TLSError | undefined): void {
		this.error = error;
		const callbacks = this.#callbacks;
		if (callbacks === undefined) (this.#owner as SocketUser | undefined)?.close(error);
		else callbacks.onError?.call(this.#owner as Owner, error);
	}
}

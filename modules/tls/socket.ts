import type { Bytes, Socket, SocketCallbacks } from "../io";
import { readDetails, type TLSDetails } from "./details";
import type TLSError from "./error";
import type Pump from "./pump";
import type Session from "./session";

export type TLSSocketOptions = {
	/** The socket whose connection this one takes over; what is pending on it is told to this one. */
	from: TLSSocket;
	/** Only `"buffer"`. */
	format?: "buffer";
	/** Kept for the caller. */
	target?: unknown;
} & SocketCallbacks<TLSSocket>;

/** A connection on its way from the listener to its reader: what came up meanwhile. */
class Arrival {
	readonly pump: Pump;
	readonly details: TLSDetails;
	hasEnded = false;
	error: TLSError | undefined;

	constructor(pump: Pump) {
		this.pump = pump;
		this.details = readDetails(pump.session as Session);
		pump.events = {
			readable() {},
			writable() {},
			ended: error => {
				this.hasEnded = true;
				this.error = error;
			}
		};
	}
}

/**
 * An established TLS connection with the interface of a TCP socket (ECMA-419 §12, row C6).
 * `onError` is called when the connection is over: with a TLSError, or with nothing after the peer's close_notify.
 */
export default class TLSSocket implements Socket {
	target: unknown;
	#arrival: Arrival | undefined;

	/** @throws {TypeError} `from` is not an open TLSSocket */
	constructor(options: TLSSocketOptions | { arrival: Pump }) {
		if ("arrival" in options) {
			this.#arrival = new Arrival(options.arrival);
			return;
		}
		const { from, format = "buffer", target } = options;
		this.format = format;
		this.target = target;
		const arrival = TLSSocket.#take(from);
		this.#arrival = arrival;
		this.#listen(arrival, options);
	}

	static #take(from: TLSSocket): Arrival {
		const arrival = from.#arrival;
		if (arrival === undefined) throw new TypeError("The socket to take over is closed");
		from.#arrival = undefined;
		return arrival;
	}

	/** Tells what is pending as soon as the caller of the constructor has returned. */
	#listen(arrival: Arrival, callbacks: SocketCallbacks<TLSSocket>): void {
		const { onReadable, onWritable, onError } = callbacks;
		const { pump } = arrival;
		const ended = (error: TLSError | undefined) => {
			arrival.hasEnded = true;
			onError?.call(this, error);
		};
		pump.events = {
			readable: count => onReadable?.call(this, count),
			writable: count => onWritable?.call(this, count),
			ended
		};
		Promise.resolve().then(() => {
			if (this.#arrival !== arrival) return;
			if (arrival.hasEnded) return onError?.call(this, arrival.error);
			if (pump.writable > 0) onWritable?.call(this, pump.writable);
			if (this.#arrival === arrival && pump.readable > 0) onReadable?.call(this, pump.readable);
		});
	}

	get #pump(): Pump {
		if (this.#arrival === undefined) throw new TypeError("The socket is closed");
		return this.#arrival.pump;
	}

	/** What the handshake agreed on. */
	get tls(): TLSDetails | undefined {
		return this.#arrival?.details;
	}

	/**
	 * @param request how many bytes, a buffer to fill, or nothing for all there is
	 * @throws {RangeError} a count that is more than `onReadable` announced
	 */
	read(request?: number): ArrayBuffer | undefined;
	read(request: Bytes): number | undefined;
	read(request?: number | Bytes): ArrayBuffer | number | undefined {
		const pump = this.#pump;
		const { readable } = pump;
		if (readable === 0) return undefined;
		if (request === undefined) return pump.read(readable);
		return typeof request === "number" ? pump.read(request) : pump.readInto(request);
	}

	/**
	 * Sends all of `bytes` or throws.
	 * @returns the room that is left
	 * @throws {RangeError} more than `onWritable` or the last write announced
	 */
	write(bytes: Bytes): number {
		const pump = this.#pump;
		if (bytes.byteLength > pump.writable) throw new RangeError("Write of more than there is room for");
		return pump.write(bytes);
	}

	/** Sends close_notify and closes. Further calls do nothing. */
	close(): void {
		const arrival = this.#arrival;
		this.#arrival = undefined;
		arrival?.pump.close();
	}

	get remoteAddress(): string | undefined {
		return this.#arrival?.pump.remoteAddress;
	}

	get remotePort(): number | undefined {
		return this.#arrival?.pump.remotePort;
	}

	get format(): string {
		return "buffer";
	}

	set format(format: string) {
		if (format !== "buffer") throw new RangeError(`Format "${format}" is not supported: use "buffer"`);
	}
}

import type { Bytes, Socket, SocketCallbacks } from "../io";
import Arrival from "./connection/arrival";
import { checkBytes, checkWhole } from "./connection/check";
import Connector, { type ConnectOptions } from "./connection/connector";
import type Pump from "./connection/pump";
import SendQueue from "./connection/send-queue";
import type { TLSDetails } from "./details";

/** What `read()` gives and `write()` takes: buffers, or one byte at a time as a number. */
export type Format = "buffer" | "number";

interface CommonOptions extends SocketCallbacks<TLSSocket> {
	/** Default `"buffer"`. */
	format?: Format;
	/** Kept for the caller. */
	target?: unknown;
	/**
	 * Client: a session to keep, as secret as a private key, and to give back as `session`, after a restart too (row Z7).
	 * Called once the connection is established over TLS 1.2, and with each new ticket over TLS 1.3, if ever: use the
	 * newest.
	 */
	onSession?: (this: TLSSocket, session: ArrayBuffer) => void;
	/**
	 * TCP is closed after a `close()` that came before `onError`: `unsent` bytes of ciphertext, close_notify among them,
	 * were lost because the peer made no room for them within `limits.closeTimeout`; 0 when TCP has taken all.
	 */
	onClose?: (this: TLSSocket, unsent: number) => void;
}

export interface TakeOverOptions extends CommonOptions {
	/**
	 * The socket whose connection this one takes over, with what was written to it with `more: true`; what is pending on
	 * it is told to this one. Its callbacks are not taken over.
	 */
	from: TLSSocket;
}

export interface ClientOptions extends ConnectOptions, CommonOptions {}

/** A client's options, or those to take over what a listener has accepted. */
export type TLSSocketOptions = TakeOverOptions | ClientOptions;

/**
 * A TLS connection with the interface of a TCP socket (ECMA-419 §12, rows C1, C6, Z9).
 *
 * A client's `onWritable` is called once the server has been verified and bytes can be sent. `onError` is called when
 * the connection is over: with a TLSError, or with nothing after the peer's close_notify.
 */
export default class TLSSocket implements Socket {
	target: unknown;
	#connector: Connector | undefined;
	#arrival: Arrival<TLSSocket> | undefined;
	#format: Format = "buffer";
	/** Written with `more: true`. */
	#held: SendQueue | undefined;

	/**
	 * @throws {TypeError} `from` is not an open TLSSocket, or an option is missing
	 * @throws {RangeError} an option out of range
	 * @throws {TLSError} what TLSContext throws
	 */
	constructor(options: TLSSocketOptions | { arrival: Pump }) {
		if ("arrival" in options) {
			this.#arrival = new Arrival(options.arrival);
			return;
		}
		if (options.format !== undefined) this.format = options.format;
		if (options.target !== undefined) this.target = options.target;
		if ("from" in options) this.takeOver(options);
		else this.connect(options);
	}

	private connect(options: ClientOptions): void {
		this.#connector = new Connector(options, {
			established: pump => {
				this.#connector = undefined;
				this.#arrival = new Arrival(pump);
				this.#arrival.belongTo(this, options);
			},
			failed: error => {
				this.#connector = undefined;
				options.onError?.call(this, error);
			}
		});
	}

	private takeOver(options: TakeOverOptions): void {
		const { from } = options;
		const arrival = from.#arrival;
		if (arrival === undefined) throw new TypeError("The socket to take over is closed");
		from.#arrival = undefined;
		this.#held = from.#held;
		from.#held = undefined;
		this.#arrival = arrival;
		arrival.belongTo(this, options);
		if (arrival.hasEnded) this.tellEndLater(arrival, options);
		else arrival.tellLater();
	}

	private tellEndLater(arrival: Arrival<TLSSocket>, { onError }: CommonOptions): void {
		Promise.resolve().then(() => {
			if (this.#arrival === arrival) onError?.call(this, arrival.error);
		});
	}

	private get pump(): Pump {
		if (this.#arrival !== undefined) return this.#arrival.pump;
		throw new TypeError(this.#connector ? "The socket is not connected yet" : "The socket is closed");
	}

	/** What the handshake agreed on; `undefined` before its end. */
	get tls(): TLSDetails | undefined {
		return this.#arrival?.details;
	}

	/**
	 * @param request how many bytes, a buffer to fill, or nothing for all there is
	 * @returns with format `"number"` the next byte
	 * @throws {RangeError} a count that is no whole number from 1 on, or more than `onReadable` announced
	 */
	read(request?: number): ArrayBuffer | number | undefined;
	read(request: Bytes): number | undefined;
	read(request?: number | Bytes): ArrayBuffer | number | undefined {
		const pump = this.pump;
		const { readable } = pump;
		if (typeof request === "number") checkWhole("The count to read", request, 1, readable || Number.MAX_SAFE_INTEGER);
		if (readable === 0) return undefined;
		if (this.#format === "number") return this.readByte(pump);
		if (request === undefined) return pump.read(readable);
		return typeof request === "number" ? pump.read(request) : pump.readInto(checkBytes("What is read into", request));
	}

	private readByte(pump: Pump): number | undefined {
		const byte = new Uint8Array(1);
		pump.readInto(byte);
		return byte[0];
	}

	/**
	 * Sends all of `bytes` or throws.
	 * @param bytes with format `"number"` one byte
	 * @param options.more the rest follows: sent together with the next write, in one TLS record
	 * @returns the room that is left
	 * @throws {TypeError} neither a buffer nor a number
	 * @throws {RangeError} more than `onWritable` or the last write announced; a number that is no byte
	 */
	write(bytes: Bytes | number, options?: { more?: boolean }): number {
		const pump = this.pump;
		const held = this.#held;
		const data =
			typeof bytes === "number"
				? Uint8Array.of(checkWhole("A byte", bytes, 0, 255))
				: checkBytes("What is written", bytes);
		const length = (held?.byteLength ?? 0) + data.byteLength;
		if (length > pump.announced && length > pump.writable) throw new RangeError("Write of more than there is room for");
		const more = options?.more ?? false;
		if (!more && held === undefined) return pump.write(data);
		return this.writeBehind(held ?? new SendQueue(), data, more ? pump.announced - length : undefined);
	}

	/** Writes or, when it is told the room that is left, holds back. */
	private writeBehind(held: SendQueue, data: Bytes, left: number | undefined): number {
		held.put(data);
		this.#held = left === undefined ? undefined : held;
		return left ?? this.pump.write(held.takeAll());
	}

	/** Sends what was held back, then close_notify, and closes; `onClose` tells. Further calls do nothing. */
	close(): void {
		const { pump } = this.#arrival ?? {};
		if (this.#held !== undefined) pump?.write(this.#held.takeAll());
		this.#held = undefined;
		this.#arrival = undefined;
		this.#connector?.close();
		this.#connector = undefined;
		pump?.close();
	}

	get remoteAddress(): string | undefined {
		return this.#arrival?.pump.remoteAddress;
	}

	get remotePort(): number | undefined {
		return this.#arrival?.pump.remotePort;
	}

	get format(): Format {
		return this.#format;
	}

	set format(format: Format) {
		if (format !== "buffer" && format !== "number") throw new RangeError(`Format "${format}" is not supported`);
		this.#format = format;
	}
}

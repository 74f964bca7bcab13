import type { OptionNames } from "text/option-names";
import type { Bytes, DirectSocket, Socket, SocketCallbacks, SocketUser } from "../io";
import { checkBytes, checkInteger } from "./config/arguments";
import { findUnknownOption } from "./config/option-names";
import ConnectionAttempt, { type ConnectionAttemptEvents, type ConnectOptions } from "./connection/connection-attempt";
import EstablishedConnection from "./connection/established-connection";
import type Pump from "./connection/pump";
import type { TLSDetails } from "./details";
import { limits } from "./limits";

/** What `read()` gives and `write()` takes: buffers, or one byte at a time as a number. */
export type Format = "buffer" | "number";

// A preloaded module's texts are copied each time they stand in a comparison; these are in flash.
const object = "object";
const number = "number";
/** And a constant is not looked for among all globals. */
const buffer = ArrayBuffer;

interface CommonOptions extends SocketCallbacks<TLSSocket> {
	/** Default `"buffer"`. */
	format?: Format;
	/** Bytes: `onWritable` is called only where there was room for less, for who writes what there is room for. Default: each time. */
	lowWater?: number;
	/** Is told by its methods in the place of `onReadable`, `onWritable` and `onError`, when the connection is established: a call less. */
	user?: SocketUser;
	/** For the caller's use. */
	target?: unknown;
	/**
	 * Client: a session that a later connection can resume by its option `session`, also after a restart (row Z7). Keep it
	 * as secret as a private key. Called over TLS 1.2 when the connection is established, over TLS 1.3 with each ticket
	 * that the server sends, if any: use the newest.
	 */
	onSession?: (this: TLSSocket, session: ArrayBuffer) => void;
	/**
	 * TCP is closed after `close()`; not called when `onError` was. `unsent` bytes of ciphertext, close_notify among them,
	 * were lost since TCP had no room for them within `limits.closeTimeout`; 0 when TCP has taken all.
	 */
	onClose?: (this: TLSSocket, unsent: number) => void;
}

export interface TakeOverOptions extends CommonOptions {
	/**
	 * The socket whose connection, or attempt to connect, this one takes over, with what was written to it with `more: true`.
	 * What it can read and write is announced to this one. Its callbacks are not taken over.
	 */
	from: TLSSocket;
}

export interface ClientOptions extends ConnectOptions, CommonOptions {}

const optionNames: OptionNames<ClientOptions & TakeOverOptions & { io: unknown; nodelay: unknown }> = Object.freeze({
	from: true,
	host: true,
	address: true,
	port: true,
	TCP: true,
	dns: true,
	secure: true,
	servername: true,
	session: true,
	handshakeTimeout: true,
	format: true,
	lowWater: true,
	user: true,
	target: true,
	onReadable: true,
	onWritable: true,
	onError: true,
	onSession: true,
	onClose: true,
	/** The SDK's clients hand on all that was in `socket`, this class with it. */
	io: true,
	/** A server takes sockets of any kind over with it. TCP below has it already. */
	nodelay: true
});

/** Options of a client, or to take over a connection that a listener has accepted. */
export type TLSSocketOptions = TakeOverOptions | ClientOptions;

/**
 * A TLS connection with the interface of a TCP socket (ECMA-419 §12, rows C1, C6, Z9).
 *
 * Calls of a socket that is closed throw a SyntaxError, as those of the SDK's sockets do.
 *
 * A client's `onWritable` is called once the server has been verified and bytes can be sent. `onError` is called when
 * the connection is over: with a TLSError, or with nothing after the peer's close_notify.
 */
export default class TLSSocket implements Socket {
	target: unknown;
	/** A client's, until the connection is established, and after it could not be. A server's socket does without the room. */
	declare private attempt: ConnectionAttempt | undefined;
	#connection: EstablishedConnection<TLSSocket> | undefined;
	#format: Format = "buffer";

	/**
	 * @throws {SyntaxError} `from` is not an open TLSSocket
	 * @throws {TypeError} an option is missing
	 * @throws {RangeError} an option out of range
	 * @throws {TLSError} what TLSContext throws
	 */
	constructor(options: TLSSocketOptions | { established: Pump }) {
		if (typeof options !== "object" || options === null) throw new TypeError("TLSSocket needs options");
		if ("established" in options) {
			this.#connection = new EstablishedConnection(options.established);
			return;
		}
		// Traced only: the SDK's clients may hand on more with their next version.
		const unknown = findUnknownOption("TLSSocket", options, optionNames);
		if (unknown !== undefined) trace(`${unknown}\n`);
		if (options.format !== undefined) this.format = options.format;
		if (options.target !== undefined) this.target = options.target;
		if ("from" in options) this.takeOver(options);
		else this.connect(options);
	}

	// First what each record goes through, for XS looks for it so.

	/**
	 * Sends all of `bytes` or throws. What `onWritable` announced may be written at once or in parts.
	 * @param bytes with format `"number"` one byte
	 * @param options.more the rest follows: sent together with the next write, in one TLS record
	 * @returns the room that is left
	 * @throws {TypeError} neither a buffer nor, with format `"number"`, a number
	 * @throws {RangeError} a number that is no byte
	 * @throws {Error} more than `onWritable` or the last write announced; or the socket is not connected
	 */
	write(bytes: Bytes | number, options?: { more?: boolean }): number {
		const own = typeof this === object && #connection in this ? this.#connection : undefined;
		// Who looks for a prototype calls C, and the session refuses what only says to be a buffer.
		if (own !== undefined && own.held === undefined && options === undefined && bytes?.constructor === buffer) {
			// As the connection does, which would be one more call.
			const pump = own.pump;
			const length = (bytes as ArrayBuffer).byteLength;
			if (length <= pump.announced) return pump.writePart(bytes as ArrayBuffer, length);
		}
		const connection = own ?? TLSSocket.connectionOf(this);
		if (connection === undefined) throw new Error("The socket is not connected");
		const data =
			this.#format === number && typeof bytes === number
				? Uint8Array.of(checkInteger("A byte", bytes as number, 0, 255))
				: checkBytes("What is written", bytes as Bytes);
		return connection.write(data, options?.more ?? false);
	}

	/**
	 * @param request a number of bytes, a buffer or a view of bytes to fill, or nothing for what `onReadable` told of
	 * @returns with format `"number"` the next byte
	 * @throws {TypeError} none of these
	 * @throws {RangeError} a count that is no whole number from 1 on
	 * @throws {Error} more than `onReadable` announced
	 */
	read(request?: number): ArrayBuffer | number | undefined;
	read(request: Bytes): number | undefined;
	read(request?: number | Bytes): ArrayBuffer | number | undefined {
		// Not by `connectionOf` alone: a call costs as much as the rest.
		const own = typeof this === object && #connection in this ? this.#connection : undefined;
		if (own !== undefined && typeof request === number && this.#format !== number) {
			const count = request as number;
			const pump = own.pump;
			if (count > 0 && count <= pump.readable && count % 1 === 0) return pump.read(count);
		}
		return TLSSocket.readAny(this, request);
	}

	private connect(options: ClientOptions): void {
		this.attempt = new ConnectionAttempt(options, this.attemptEvents(options));
	}

	private attemptEvents(options: CommonOptions): ConnectionAttemptEvents {
		return {
			onEstablished: pump => {
				this.attempt = undefined;
				this.#connection = new EstablishedConnection(pump);
				this.#connection.setOwner(this, options);
			},
			onFailed: error => options.onError?.call(this, error)
		};
	}

	private static canBeTakenOver(from: unknown): from is TLSSocket {
		return TLSSocket.owns(from) && (from.#connection !== undefined || from.attempt?.isOver === false);
	}

	private takeOver(options: TakeOverOptions): void {
		const { from } = options;
		if (!TLSSocket.canBeTakenOver(from)) throw new SyntaxError("What is to be taken over is no open TLSSocket");
		const connection = from.#connection;
		const { attempt } = from;
		if (attempt !== undefined) {
			attempt.events = this.attemptEvents(options);
			this.attempt = attempt;
			from.attempt = undefined;
		}
		if (connection === undefined) return;
		from.#connection = undefined;
		this.#connection = connection;
		connection.setOwner(this, options);
		if (connection.hasEnded) this.notifyEndLater(connection, options);
		else connection.notifyLater();
	}

	private notifyEndLater(connection: EstablishedConnection<TLSSocket>, { onError }: CommonOptions): void {
		Promise.resolve().then(() => {
			if (this.#connection === connection) onError?.call(this, connection.error);
		});
	}

	/**
	 * @returns `undefined` while it is not connected
	 * @throws {SyntaxError} a closed socket, or an object that has borrowed a socket's method
	 */
	private static connectionOf(socket: TLSSocket): EstablishedConnection<TLSSocket> | undefined {
		if (!TLSSocket.owns(socket)) throw new SyntaxError("What the method is called on is no TLSSocket");
		if (socket.#connection === undefined && socket.attempt === undefined) throw new SyntaxError("The socket is closed");
		return socket.#connection;
	}

	private static owns(value: unknown): value is TLSSocket {
		return typeof value === "object" && value !== null && #connection in value;
	}

	/** What the handshake negotiated; `undefined` before its end. */
	get tls(): TLSDetails | undefined {
		return this.#connection?.details;
	}

	/** As `read()`, whatever is asked for. */
	private static readAny(socket: TLSSocket, request?: number | Bytes): ArrayBuffer | number | undefined {
		const pump = TLSSocket.connectionOf(socket)?.pump;
		const readable = pump?.readable ?? 0;
		const count = typeof request === number ? (request as number) : undefined;
		if (count !== undefined) checkInteger("The count to read", count, 1, Number.MAX_SAFE_INTEGER);
		if (pump === undefined || readable === 0) return undefined;
		if (socket.#format === number) return readByte(pump);
		if (request === undefined) return pump.read(Math.min(readable, limits.tellSize));
		if (count === undefined) return pump.readInto(checkTarget(request as Bytes));
		if (count > readable) throw new Error(`Read of ${count} bytes, more than the ${readable} that have come`);
		return pump.read(count);
	}

	/**
	 * Sends what was written, then close_notify (RFC 8446 §6.1): the peer knows that no more comes, and what it sends is still
	 * read. There is no room to write any more.
	 */
	end(): void {
		const connection = TLSSocket.connectionOf(this);
		connection?.sendHeld();
		connection?.pump.endOutput();
	}

	/** Sends what was written, then close_notify, and closes; `onClose` follows. Further calls do nothing. */
	close(): void {
		if (!TLSSocket.owns(this)) TLSSocket.connectionOf(this);
		const connection = this.#connection;
		connection?.sendHeld();
		this.#connection = undefined;
		if (this.attempt !== undefined) {
			this.attempt.close();
			this.attempt = undefined;
		}
		connection?.pump.close();
	}

	/** See `DirectSocket`. Before anything is written with `more: true`. */
	get direct(): DirectSocket | undefined {
		return TLSSocket.connectionOf(this)?.pump;
	}

	get remoteAddress(): string | undefined {
		return TLSSocket.connectionOf(this)?.pump.remoteAddress;
	}

	get remotePort(): number | undefined {
		return TLSSocket.connectionOf(this)?.pump.remotePort;
	}

	get format(): Format {
		TLSSocket.connectionOf(this);
		return this.#format;
	}

	set format(format: Format) {
		if (format !== "buffer" && format !== "number") throw new RangeError(`Format "${format}" is not supported`);
		this.#format = format;
	}
}

const readByte = (pump: Pump): number | undefined => {
	const byte = new Uint8Array(1);
	pump.readInto(byte);
	return byte[0];
};

/** @throws {TypeError} no buffer, or a view of numbers of several bytes */
const checkTarget = (target: Bytes): Bytes => {
	const { BYTES_PER_ELEMENT = 1 } = target as Partial<Uint16Array>;
	if (BYTES_PER_ELEMENT > 1) throw new TypeError("What is read into must hold bytes");
	return checkBytes("What is read into", target);
};

import type { Bytes, Socket, SocketCallbacks } from "../io";

/** Options of a TCP socket that connects. */
export interface TCPOptions extends SocketCallbacks<TCP> {
	/** An IP address. Names are looked up by others. */
	address: string;
	/** TCP port, 0 to 65535. */
	port: number;
	/** Default `"buffer"`. */
	format?: "buffer" | "number";
	/** `true`: what is written goes at once, without waiting for an acknowledgement of what went before. Default `false`. */
	nodelay?: boolean;
	/** Kept for the caller. */
	target?: unknown;
}

/** Options of a TCP socket that takes over the connection of another, which is closed. */
export interface TCPFromOptions extends Omit<TCPOptions, "address" | "port"> {
	/** A TCP socket that is not closed. */
	from: TCP;
}

/**
 * `embedded:io/socket/tcp` (ECMA-419 §12) on an ESP32: a TCP connection on lwIP's own interface, in the place of the SDK's class. What comes
 * is kept from the moment at which lwIP has accepted the connection, and told at once; nothing is lost when it is taken over.
 */
export default class TCP extends Native("xs_xstls_tcp_destructor") implements Socket {
	declare target: unknown;

	/**
	 * @param options without them, for `Listener` alone, a socket whose connection is still to come
	 * @throws {RangeError} `port` or `format` is out of range
	 * @throws {Error} `address` is none, there is no network or no memory for a socket, or `from` is closed
	 */
	constructor(options?: TCPOptions | TCPFromOptions) {
		super();
		this.construct(options);
	}
	private construct(options?: TCPOptions | TCPFromOptions): void {
		return native("xs_xstls_tcp_constructor").call(this, options);
	}
	/**
	 * Takes `count` bytes, fills a buffer, or without a parameter takes all that there are.
	 * @returns the bytes; the number of bytes when a buffer was passed; one byte as a number where `format` is `"number"`; `undefined`
	 *   when there is nothing
	 * @throws {Error} there is not so much
	 */
	read(count?: number): ArrayBuffer | number | undefined;
	read(buffer: Bytes): number | undefined;
	read(wanted?: number | Bytes): ArrayBuffer | number | undefined {
		return native("xs_xstls_tcp_read").call(this, wanted);
	}
	/**
	 * Sends all of it, or nothing where the connection has ended.
	 * @returns bytes that can be written after that; `undefined` where the connection has ended
	 * @throws {Error} there is no room for so much
	 */
	write(bytes: Bytes | number): number | undefined {
		return native("xs_xstls_tcp_write").call(this, bytes);
	}
	/** Ends what is sent, and nothing else. */
	end(): void {
		return native("xs_xstls_tcp_end").call(this);
	}
	/** Ends the connection. What was written is still sent. Further calls do nothing. */
	close(): void {
		return native("xs_xstls_tcp_close").call(this);
	}
	get remoteAddress(): string {
		return native("xs_xstls_tcp_get_remote_address").call(this);
	}
	get remotePort(): number {
		return native("xs_xstls_tcp_get_remote_port").call(this);
	}
	get format(): "buffer" | "number" {
		return native("xs_xstls_tcp_get_format").call(this);
	}
	/** @throws {RangeError} it is neither `"buffer"` nor `"number"` */
	set format(format: "buffer" | "number") {
		native("xs_xstls_tcp_set_format").call(this, format);
	}
}

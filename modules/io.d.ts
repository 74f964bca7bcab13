// The part of ECMA-419's IO class pattern (2nd edition, §10 and §12) that the modules here stand on.
// `embedded:io/socket/tcp` and `embedded:io/socket/listener` satisfy it, and so do `TLSSocket` and `TLSListener`.

export type Bytes = ArrayBuffer | ArrayBufferView;

export interface SocketCallbacks<S> {
	/** Bytes have come; `count` may be read now, all at once or in parts. */
	onReadable?: ((this: S, count: number) => void) | undefined;
	/** `count` bytes may be written now. Called first when the connection is established. */
	onWritable?: ((this: S, count: number) => void) | undefined;
	/** The connection ended, in order or not; nothing more is read or written. */
	onError?: ((this: S, error?: Error) => void) | undefined;
}

/**
 * What one who has a socket for itself reads and writes by, in as few calls as there can be: nothing is checked. It reads and writes
 * no more than was announced, and nothing once the socket is closed or handed on.
 */
export interface DirectSocket {
	/** As `read(count)`, but it returns `known` itself if that has the same bytes, and makes no copy. */
	readLike(count: number, known: ArrayBuffer): ArrayBuffer | undefined;
	/** Sends all of it, an ArrayBuffer or a view of bytes. @returns the room that is left */
	write(bytes: Bytes): number;
}

/** A byte stream: a TCP connection or what stands in its place. */
export interface Socket {
	/**
	 * Takes bytes that have come. Without a parameter all of them; with a number exactly that many; with a buffer as
	 * many as it holds. Asking for more than `onReadable` announced throws.
	 * @returns the bytes; the number of bytes when a buffer was passed; `undefined` when there is nothing.
	 */
	read(count?: number): ArrayBuffer | number | undefined;
	read(buffer: Bytes): number | undefined;
	/**
	 * Gives bytes to be sent, all or nothing: more than the last announced room throws.
	 * @returns the room that is left.
	 */
	write(bytes: Bytes): number | undefined;
	/** Where the socket can, once it is connected. */
	readonly direct?: DirectSocket | undefined;
	/** Where the socket can: ends what is sent, and nothing else. What comes is still read. */
	end?(): void;
	/** Ends the connection. Further calls do nothing. */
	close(): void;
	readonly remoteAddress?: string | undefined;
	readonly remotePort?: number | undefined;
	/** What it was made with, for the callbacks. */
	target?: unknown;
	format: "buffer" | "number" | string;
}

/**
 * A TCP socket as a caller passes it: `Socket`, or the SDK's TCP, whose typings say less than it does (its `write` returns
 * the room that is left, and a buffer is also an ArrayBuffer's view). What takes it may treat it as a `Socket`.
 */
export interface GivenSocket {
	read(count?: number): unknown;
	write(bytes: ArrayBuffer): unknown;
	close(): void;
}

/** A listener class as a caller passes it; the SDK's typings of its `Listener` leave out `close`. */
export type GivenListener = new (options: never) => object;

/** Who uses a socket. */
export interface SocketUser {
	/** `count` bytes can be read. */
	readable(count: number): void;
	/** `count` bytes can be written. */
	writable(count: number): void;
	/** The connection has ended. */
	close(error?: Error): void;
}

export interface SocketConstructor<S extends Socket = Socket> {
	/**
	 * Takes over the connection of `from`, which is closed, with whatever is pending on it. With `nodelay`, TCP sends
	 * the end of what was written without waiting for an acknowledgement of what came before. With `lowWater`, a socket that
	 * knows it calls `onWritable` only where there was room for fewer bytes. With `user`, one that knows it calls its methods in the
	 * place of the three callbacks.
	 */
	new (
		options: {
			from: S;
			format?: "buffer";
			nodelay?: boolean;
			lowWater?: number;
			target?: unknown;
			user?: SocketUser;
		} & SocketCallbacks<S>
	): S;
}

export interface ListenerOptions<L> {
	/** TCP port, 0 to 65535; 0 lets the system choose. */
	port?: number;
	address?: string;
	/** `count` accepted connections wait to be taken by `read()`. */
	onReadable?: ((this: L, count: number) => void) | undefined;
}

export interface ListenerIO<S extends Socket = Socket> {
	/** Takes the next accepted connection; `undefined` when none waits. It does nothing until `new S({ from })`. */
	read(): S | undefined;
	close(): void;
	/** The port that is listened on. */
	readonly port: number;
	/**
	 * Where connections are taken from TCP before they are read, as for a handshake: asked before each, with how many have been taken and are
	 * not read. While there is no room for one they wait in TCP, and it is asked again.
	 */
	mayAccept?: ((pending: number) => boolean) | undefined;
	/** Connections that are closed once TCP has taken what is left, or the peer has closed. */
	readonly closing?: number;
}

/**
 * A listener class, whose options are `ListenerOptions` and whatever it needs beyond them (`secure`, for one).
 * `any` because a parameter type that stands for "more than these, I don't know which" does not exist.
 */
export interface ListenerConstructor<S extends Socket = Socket, L extends ListenerIO<S> = ListenerIO<S>> {
	// biome-ignore lint/suspicious/noExplicitAny: see above
	new (options: any): L;
}

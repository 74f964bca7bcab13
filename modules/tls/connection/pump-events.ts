import type TLSError from "../error";

/** What the owner of a pump is told. After `ended` nothing more is, after `close()` only `closed`. */
export interface PumpEvents {
	/** TCP has connected and waits for `start()`. */
	connected?(): void;
	/** The peer's first bytes are here and wait; asked for until `start()`. */
	arrived?(): void;
	/** More bytes of the peer are here; until the handshake is over. */
	heard?(): void;
	/** The session has the ClientHello and wants an identity; asked for until `use()` or `refuse()`. */
	selecting?(): void;
	/** The handshake is over. What can be read and written is told next, to whoever owns the pump by then. */
	established?(): void;
	/** A client can keep this session for its next handshake with the server (row Z7). */
	session?(session: ArrayBuffer): void;
	/** `count` bytes of plaintext can be read. */
	readable(count: number): void;
	/** `count` bytes of plaintext can be written. */
	writable(count: number): void;
	/** The connection is over: with an error, or without one after the peer's close_notify. */
	ended(error: TLSError | undefined): void;
	/** After `close()`: TCP is closed, and this many bytes of ciphertext were not given to it. */
	closed?: ((unsent: number) => void) | undefined;
}

/** Of an owner that wants to hear no more. */
export const nobody: PumpEvents = { readable() {}, writable() {}, ended() {} };

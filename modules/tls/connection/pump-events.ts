import type TLSError from "../error";

/** Events of a pump, for its owner. Nothing more comes after `onEnd`, and only `onClose` after `close()`. */
export interface PumpEvents {
	/** TCP is connected: time for `start()`. */
	onConnected?(): void;
	/** The peer's first bytes wait: time for `start()`. Called again when more bytes come before it. */
	onFirstBytes?(): void;
	/** More bytes of the peer have come; called until the handshake is over. */
	onHandshakeBytes?(): void;
	/** The session has the ClientHello: time for `selectContext()`. Called again when more bytes come before it. */
	onClientHello?(): void;
	/** The handshake is over. `onReadable` and `onWritable` follow, to the owner that the pump has by then. */
	onEstablished?(): void;
	/** Client: a session that the next handshake with the server can resume (row Z7). */
	onSession?(session: ArrayBuffer): void;
	/** `count` bytes of plaintext can be read. */
	onReadable(count: number): void;
	/** `count` bytes of plaintext can be written. */
	onWritable(count: number): void;
	/** It wants to be told only when there was room for less than so many bytes. */
	readonly lowWater?: number | undefined;
	/** What of its own waits for room, whatever it was told. */
	readonly held?: unknown;
	/** The connection is over, and its session can be asked a last time. */
	onEnding?(): void;
	/** The connection is over: with an error, or without one after the peer's close_notify. */
	onEnd(error: TLSError | undefined): void;
	/** After `close()`: TCP is closed, and `unsent` bytes of ciphertext were not given to it. */
	onClose?: ((unsent: number) => void) | undefined;
}

/** For a pump without an owner. */
export const ignored: PumpEvents = Object.freeze({ onReadable() {}, onWritable() {}, onEnd() {} });

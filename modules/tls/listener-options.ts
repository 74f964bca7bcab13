import type { ListenerConstructor } from "../io";
import type { ClientHello } from "./client-hello";
import type TLSContext from "./context";
import type { TLSContextOptions } from "./context";
import type TLSError from "./error";
import type { Heap } from "./heap";
import type TLSListener from "./listener";

/** What a TLSListener is made with. */
export interface TLSListenerOptions {
	/** TCP port, 0 to 65535; 0 lets the system choose. Default 443. */
	port?: number;
	/** Address to listen on. Default: all. */
	address?: string;
	/** The identity to serve with: a context that is shared, or the options of one that is not. */
	secure: TLSContext | TLSContextOptions;
	/**
	 * Chooses what a client is served with by its ClientHello, at once or later; the handshake's deadline runs on.
	 * `undefined` is `secure`. What it throws refuses the client with unrecognized_name (rows B4, Z4).
	 */
	select?: (this: TLSListener, hello: ClientHello) => TLSContext | undefined | Promise<TLSContext | undefined>;
	/** The class that listens for TCP. Default: the SDK's Listener. */
	io?: ListenerConstructor;
	/** Milliseconds from the first byte to the end of the handshake, 1 to 600,000. Default `limits.handshakeTimeout`. */
	handshakeTimeout?: number;
	/** Milliseconds until the first byte, 1 to 600,000. Default `limits.silenceTimeout`. */
	silenceTimeout?: number;
	/** Handshakes at once, 1 to 64; more wait. Default `limits.maxHandshakes`. */
	maxHandshakes?: number;
	/** Bytes that must be free in one block before a handshake begins. Default `limits.handshakeMemory`. */
	handshakeMemory?: number;
	/** What the heap has left; for tests. Default `measureHeap`. */
	measureHeap?: () => Pick<Heap, "largestBlock">;
	/** `count` established connections wait to be taken by `read()`. */
	onReadable?: (this: TLSListener, count: number) => void;
	/** Kept for the caller. */
	target?: unknown;
	/** A connection did not become one. The listener goes on. */
	onError?: (this: TLSListener, error: TLSError, remoteAddress: string | undefined) => void;
}

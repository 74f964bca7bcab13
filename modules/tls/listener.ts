import Listener from "embedded:io/socket/listener";
import type { OptionNames } from "text/option-names";
import { checkPort, type Port } from "text/port";
import Timer from "timer";
import type { GivenListener, ListenerConstructor, ListenerIO, Socket } from "../io";
import type { ClientHello } from "./client-hello";
import { checkFunction, checkInteger } from "./config/arguments";
import { checkOptionNames } from "./config/option-names";
import { countClosing } from "./connection/closing";
import Handshakes, { makeMemoryError } from "./connection/handshakes";
import TLSContext, { type TLSContextOptions } from "./context";
import type TLSError from "./error";
import { type Heap, measureHeap as measureAll, measureLargestBlock } from "./heap";
import { limits } from "./limits";
import TLSSocket from "./socket";

/** Options of a TLSListener. */
export interface TLSListenerOptions {
	/** TCP port, 0 to 65535; 0 lets the system choose, and so does no port. */
	port?: Port;
	/** Address to listen on. Default: all. */
	address?: string;
	/** A context, which others may share, or the options of one. It needs a certificate or pre-shared keys. */
	secure: TLSContext | TLSContextOptions;
	/**
	 * Selects the context of a connection by its ClientHello, at once or by a promise; `handshakeTimeout` runs on. The
	 * handshake then waits for a slot and for the memory that this context takes.
	 * `undefined` selects `secure`. If it throws, the client is refused with unrecognized_name, or with
	 * handshake_failure where it has named no server (rows B4, Z4).
	 */
	select?: (this: TLSListener, hello: ClientHello) => TLSContext | undefined | Promise<TLSContext | undefined>;
	/** The class that listens for TCP. Default: the SDK's Listener. */
	io?: GivenListener;
	/** Milliseconds from the first byte to the end of the handshake, 1 to 600,000. Default `limits.handshakeTimeout`. */
	handshakeTimeout?: number;
	/** Milliseconds until the first byte, 1 to 600,000. Default `limits.silenceTimeout`. */
	silenceTimeout?: number;
	/** Handshakes at once, 1 to 64; more wait. Default `limits.maxHandshakes`. */
	maxHandshakes?: number;
	/** Bytes that must be free in one block before a handshake begins. Default: what one with its context and its ClientHello takes at most. */
	handshakeMemory?: number;
	/** For tests: measures the heap. Default `measureHeap`. */
	measureHeap?: () => Pick<Heap, "largestBlock"> & Partial<Pick<Heap, "free">>;
	/** `count` established connections can be taken by `read()`. */
	onReadable?: (this: TLSListener, count: number) => void;
	/** Kept for the caller. */
	target?: unknown;
	/** A handshake failed. The listener goes on. */
	onError?: (this: TLSListener, error: TLSError, remoteAddress: string | undefined) => void;
}

/**
 * Listens for TLS connections and hands them out once established, with the interface of a TCP listener (ECMA-419).
 * A connection holds a handshake slot only from its complete ClientHello on, and only while its peer answers, so silent
 * and slow clients hold none; when slots or memory are short, they are dropped first (rows Z2, Z3).
 */
export default class TLSListener implements ListenerIO<TLSSocket> {
	/** What a server that hands options on can ask for. */
	static readonly optionNames: OptionNames<TLSListenerOptions> = Object.freeze({
		port: true,
		address: true,
		secure: true,
		select: true,
		io: true,
		handshakeTimeout: true,
		silenceTimeout: true,
		maxHandshakes: true,
		handshakeMemory: true,
		measureHeap: true,
		onReadable: true,
		target: true,
		onError: true
	});

	target: unknown;
	/** Asked before a connection is taken from TCP, with how many are not established or not read yet: while it says no, they wait there. */
	mayAccept: ((pending: number) => boolean) | undefined = undefined;
	readonly #options: TLSListenerOptions;
	readonly #handshakes: Handshakes;
	#tcp: ListenerIO<Socket> | undefined;
	/** Connections in TCP's accept queue. */
	#queued = 0;
	/** Set while there is no room for them. */
	#retry: Timer | undefined;
	/** Set when `mayAccept` has said no, until it is asked again. */
	#refused: Timer | undefined;
	#established: TLSSocket[] = [];

	/**
	 * @throws {TypeError} `secure` is missing or has no certificate, or an option is not known
	 * @throws {RangeError} an option out of range
	 * @throws {TLSError} what TLSContext throws
	 * @throws {Error} the port is in use
	 */
	constructor(options: TLSListenerOptions) {
		checkOptionNames("TLSListener", options, TLSListener.optionNames);
		for (const name of ["select", "onReadable", "onError", "measureHeap"] as const) checkFunction(name, options[name]);
		this.#options = options;
		this.target = options.target;
		this.#handshakes = this.makeHandshakes(options);
		const { port = 0, address, io = Listener } = options;
		if ("port" in options && options.port === undefined)
			throw new Error("port is undefined: leave it out for any free one");
		this.#tcp = new (io as ListenerConstructor)({
			port: checkPort("port", port),
			...(address === undefined ? {} : { address }),
			onReadable: (count: number) => {
				this.#queued = count;
				this.accept();
			}
		});
	}

	private makeHandshakes(options: TLSListenerOptions): Handshakes {
		const { handshakeTimeout, silenceTimeout, maxHandshakes, handshakeMemory, measureHeap, select } = options;
		return new Handshakes(
			{
				handshakeTimeout: checkInteger("handshakeTimeout", handshakeTimeout ?? limits.handshakeTimeout, 1, 600_000),
				silenceTimeout: checkInteger("silenceTimeout", silenceTimeout ?? limits.silenceTimeout, 1, 600_000),
				maxHandshakes: checkInteger("maxHandshakes", maxHandshakes ?? limits.maxHandshakes, 1, 64),
				handshakeMemory:
					handshakeMemory === undefined ? undefined : checkInteger("handshakeMemory", handshakeMemory, 0, 0x7fffffff),
				largestBlock: measureHeap === undefined ? measureLargestBlock : () => measureHeap().largestBlock,
				free: () => (measureHeap ?? measureAll)().free
			},
			{
				hasQueued: () => this.#queued > 0,
				select: select && (hello => select.call(this, hello)),
				checkContext: toContext,
				accept: () => this.accept(),
				onEstablished: pump => {
					this.#established.push(new TLSSocket({ established: pump }));
					options.onReadable?.call(this, this.#established.length);
				},
				onFailed: (error, remoteAddress) => {
					// The next may be let in for it.
					this.askAgain();
					this.notifyError(error, remoteAddress);
				}
			},
			toContext(options.secure)
		);
	}

	private static owns(value: unknown): value is TLSListener {
		return typeof value === "object" && value !== null && #tcp in value;
	}

	/** @throws {SyntaxError} it is closed, or an object that has borrowed a listener's method */
	private static check(listener: TLSListener): ListenerIO<Socket> {
		if (!TLSListener.owns(listener)) throw new SyntaxError("What the method is called on is no TLSListener");
		if (listener.#tcp === undefined) throw new SyntaxError("The listener is closed");
		return listener.#tcp;
	}

	/** The port that is listened on. */
	get port(): number {
		return TLSListener.check(this).port;
	}

	/** What `read()` gives, in ECMA-419's words: connections of the kind that TCP's listener gives. */
	get format(): "socket/tcp" {
		return "socket/tcp";
	}

	set format(format: "socket/tcp") {
		if (format !== "socket/tcp") throw new RangeError(`Format ${String(format)} is not supported`);
	}

	/** The context of new connections. Setting it does not affect connections that there are (rows E3, Z4). */
	get context(): TLSContext {
		return this.#handshakes.context;
	}

	set context(context: TLSContext) {
		this.#handshakes.context = toContext(context);
	}

	/** Connections of all listeners that are closed once TCP has taken what is left, or the peer has closed. */
	get closing(): number {
		return countClosing();
	}

	/** Handshakes that have led to a connection; of them, those that resumed an earlier session. */
	get handshakes(): { readonly done: number; readonly resumed: number } {
		const { done, resumed } = this.#handshakes;
		return { done, resumed };
	}

	/** The next established connection; `undefined` when there is none. Take it over by `new TLSSocket({ from })`. */
	read(): TLSSocket | undefined {
		TLSListener.check(this);
		const socket = this.#established.shift();
		if (this.#queued > 0 && socket !== undefined) this.#handshakes.continueLater();
		return socket;
	}

	/** Stops listening and closes connections that `read()` has not taken; others stay. Further calls do nothing. */
	close(): void {
		if (!TLSListener.owns(this)) TLSListener.check(this);
		this.#tcp?.close();
		this.#tcp = undefined;
		this.#queued = 0;
		if (this.#retry !== undefined) Timer.clear(this.#retry);
		this.askAgain();
		this.#handshakes.close();
		for (const socket of this.#established) socket.close();
		this.#established = [];
	}

	private accept(): void {
		while (this.#tcp !== undefined && this.#queued > 0) {
			const hasRoom = this.hasRoom();
			if (!hasRoom || !this.isAllowed) {
				if (!this.#handshakes.dropOldest(({ isSelecting }) => !isSelecting)) {
					this.acceptLater();
					return;
				}
				// It may be let in for the one that was dropped.
				this.askAgain();
				if (hasRoom || !this.isAllowed) continue;
			}
			// onError, called for the dropped connection, may have closed the listener.
			if (this.#queued > 0) this.acceptNext();
		}
	}

	/** What `mayAccept` says. No event says that it would say something else. */
	private get isAllowed(): boolean {
		if (this.#refused !== undefined) return false;
		if (this.mayAccept?.(this.#handshakes.size + this.#established.length) ?? true) return true;
		this.#refused = Timer.set(() => {
			this.#refused = undefined;
			this.accept();
		}, limits.memoryRetry);
		return false;
	}

	private askAgain(): void {
		if (this.#refused !== undefined) Timer.clear(this.#refused);
		this.#refused = undefined;
	}

	/** Accepts once the peer that has kept the server waiting longest may be dropped. If none has, `continueLater` will accept. */
	private acceptLater(): void {
		const waited = this.#handshakes.longestWait;
		if (waited === undefined) return;
		this.#retry ??= Timer.set(() => {
			this.#retry = undefined;
			this.accept();
		}, limits.patience - waited);
	}

	private hasRoom(): boolean {
		return this.#handshakes.size + this.#established.length < limits.maxPending && this.#handshakes.hasRoom();
	}

	/** Accepts the next connection of the queue; for lack of memory it is closed, and the next ones are still accepted. */
	private acceptNext(): void {
		this.#queued -= 1;
		let tcp: Socket | undefined;
		try {
			tcp = this.#tcp?.read();
			if (tcp !== undefined) this.#handshakes.add(tcp);
		} catch (error) {
			tcp?.close();
			this.notifyError(makeMemoryError(error), undefined);
		}
	}

	private notifyError(error: TLSError, remoteAddress: string | undefined): void {
		this.#options.onError?.call(this, error, remoteAddress);
	}
}

const toContext = (secure: TLSContext | TLSContextOptions | undefined): TLSContext => {
	if (secure === undefined) throw new TypeError("A TLS listener needs secure: a TLSContext or its options");
	const context = secure instanceof TLSContext ? secure : new TLSContext(secure);
	if (!context.hasIdentity)
		throw new TypeError("A TLS server needs a certificate: give cert and key in secure, or psks");
	return context;
};

import Listener from "embedded:io/socket/listener";
import Timer from "timer";
import type { ListenerConstructor, ListenerIO, Socket } from "../io";
import { checkFunction, checkWhole } from "./connection/check";
import Reception, { noMemory } from "./connection/reception";
import TLSContext, { type TLSContextOptions } from "./context";
import type TLSError from "./error";
import { measureLargestBlock } from "./heap";
import { limits } from "./limits";
import type { TLSListenerOptions } from "./listener-options";
import TLSSocket from "./socket";

export type { TLSListenerOptions };

/**
 * Listens for TLS connections and hands them out once established, with the interface of a TCP listener (ECMA-419).
 * A candidate holds a handshake slot only from its whole ClientHello on, and only while its peer answers, so clients
 * that are silent or slow cost no slot; when places or memory are short, they make room (rows Z2, Z3).
 */
export default class TLSListener implements ListenerIO<TLSSocket> {
	target: unknown;
	readonly #options: TLSListenerOptions;
	readonly #reception: Reception;
	#tcp: ListenerIO<Socket> | undefined;
	/** Connections in the accept queue. */
	#queued = 0;
	/** While there is no place for them. */
	#retry: Timer | undefined;
	#established: TLSSocket[] = [];

	/**
	 * @throws {TypeError} `secure` is missing or has no certificate
	 * @throws {RangeError} an option out of range
	 * @throws {TLSError} what TLSContext throws
	 * @throws {Error} the port is in use
	 */
	constructor(options: TLSListenerOptions) {
		for (const name of ["select", "onReadable", "onError", "measureHeap"] as const) checkFunction(name, options[name]);
		this.#options = options;
		this.target = options.target;
		this.#reception = this.makeReception(options);
		const { port = 443, address, io: TCPListener = Listener as unknown as ListenerConstructor } = options;
		this.#tcp = new TCPListener({
			port: checkWhole("port", port, 0, 65_535),
			...(address === undefined ? {} : { address }),
			onReadable: (count: number) => {
				this.#queued = count;
				this.accept();
			}
		});
	}

	private makeReception(options: TLSListenerOptions): Reception {
		const { handshakeTimeout, silenceTimeout, maxHandshakes, handshakeMemory, measureHeap, select } = options;
		return new Reception(
			{
				handshakeTimeout: checkWhole("handshakeTimeout", handshakeTimeout ?? limits.handshakeTimeout, 1, 600_000),
				silenceTimeout: checkWhole("silenceTimeout", silenceTimeout ?? limits.silenceTimeout, 1, 600_000),
				maxHandshakes: checkWhole("maxHandshakes", maxHandshakes ?? limits.maxHandshakes, 1, 64),
				handshakeMemory: checkWhole("handshakeMemory", handshakeMemory ?? limits.handshakeMemory, 0, 0x7fffffff),
				largestBlock: measureHeap === undefined ? measureLargestBlock : () => measureHeap().largestBlock
			},
			{
				isAwaited: () => this.#queued > 0,
				select: select && (hello => select.call(this, hello)),
				check: toContext,
				accept: () => this.accept(),
				established: pump => {
					this.#established.push(new TLSSocket({ arrival: pump }));
					options.onReadable?.call(this, this.#established.length);
				},
				failed: (error, remoteAddress) => this.tellError(error, remoteAddress)
			},
			toContext(options.secure)
		);
	}

	/** The port that is listened on. */
	get port(): number {
		if (this.#tcp === undefined) throw new TypeError("The listener is closed");
		return this.#tcp.port;
	}

	/** What new connections are served with. Setting it leaves live ones as they are (rows E3, Z4). */
	get context(): TLSContext {
		return this.#reception.context;
	}

	set context(context: TLSContext) {
		this.#reception.context = toContext(context);
	}

	/** The next established connection; `undefined` when none waits. Take it over by `new TLSSocket({ from })`. */
	read(): TLSSocket | undefined {
		const socket = this.#established.shift();
		if (this.#queued > 0 && socket !== undefined) this.#reception.goOnLater();
		return socket;
	}

	/** Stops listening and drops what is not taken. Connections that were taken live on. Further calls do nothing. */
	close(): void {
		this.#tcp?.close();
		this.#tcp = undefined;
		this.#queued = 0;
		if (this.#retry !== undefined) Timer.clear(this.#retry);
		this.#reception.close();
		for (const socket of this.#established) socket.close();
		this.#established = [];
	}

	private accept(): void {
		while (this.#tcp !== undefined && this.#queued > 0) {
			if (!this.hasPlace() && !this.#reception.makeRoom(() => true)) {
				this.acceptLater();
				return;
			}
			// Whoever was told of the one that made room may have closed the listener.
			if (this.#queued > 0) this.receive();
		}
	}

	/** When the peer that is waited for longest has been waited for long enough; if there is none, a place comes free. */
	private acceptLater(): void {
		const waited = this.#reception.longestWait;
		if (waited === undefined) return;
		this.#retry ??= Timer.set(() => {
			this.#retry = undefined;
			this.accept();
		}, limits.patience - waited);
	}

	private hasPlace(): boolean {
		return this.#reception.size + this.#established.length < limits.maxPending;
	}

	/** Takes the next connection from the queue; if there is no memory for it, it is lost, and the rest goes on. */
	private receive(): void {
		this.#queued -= 1;
		let tcp: Socket | undefined;
		try {
			tcp = this.#tcp?.read();
			if (tcp !== undefined) this.#reception.receive(tcp);
		} catch (error) {
			tcp?.close();
			this.tellError(noMemory(error), undefined);
		}
	}

	private tellError(error: TLSError, remoteAddress: string | undefined): void {
		this.#options.onError?.call(this, error, remoteAddress);
	}
}

function toContext(secure: TLSContext | TLSContextOptions | undefined): TLSContext {
	if (secure === undefined) throw new TypeError("A TLS listener needs secure: a TLSContext or its options");
	const context = secure instanceof TLSContext ? secure : new TLSContext(secure);
	if (!context.hasIdentity)
		throw new TypeError("A TLS server needs a certificate: give cert and key in secure, or psks");
	return context;
}

import Listener from "embedded:io/socket/listener";
import Timer from "timer";
import type { ListenerConstructor, ListenerIO, Socket } from "../io";
import Admission from "./admission";
import Candidate from "./candidate";
import { type ClientHello, readHello } from "./client-hello";
import TLSContext, { role, type TLSContextOptions } from "./context";
import TLSError from "./error";
import { type Heap, measureHeap } from "./heap";
import { limits } from "./limits";
import Pump from "./pump";
import Session from "./session";
import TLSSocket from "./socket";

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
	select?: (this: TLSListener, hello: ClientHello) => Selected | Promise<Selected>;
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

type Selected = TLSContext | undefined;

function checkRange(name: string, value: number, low: number, high: number): number {
	if (Number.isInteger(value) && value >= low && value <= high) return value;
	throw new RangeError(`${name} is ${value}: it must be a whole number from ${low} to ${high}`);
}

/**
 * Listens for TLS connections and hands them out once established, with the interface of a TCP listener (ECMA-419).
 * A candidate holds a handshake slot only from its whole ClientHello on, and only while its peer answers, so clients
 * that are silent or slow cost no slot; when places or memory are short, they make room (rows Z2, Z3).
 */
export default class TLSListener implements ListenerIO<TLSSocket> {
	target: unknown;
	#context: TLSContext;
	readonly #options: TLSListenerOptions;
	readonly #handshakeTimeout: number;
	readonly #silenceTimeout: number;
	readonly #admission: Admission<Candidate>;
	#tcp: ListenerIO<Socket> | undefined;
	/** Connections in the accept queue. */
	#queued = 0;
	/** While there is no place for them. */
	#retry: Timer | undefined;
	readonly #candidates = new Set<Candidate>();
	#established: TLSSocket[] = [];

	/**
	 * @throws {TypeError} `secure` is missing or has no certificate
	 * @throws {RangeError} an option out of range
	 * @throws {TLSError} what TLSContext throws
	 * @throws {Error} the port is in use
	 */
	constructor(options: TLSListenerOptions) {
		this.#options = options;
		this.target = options.target;
		this.#handshakeTimeout = checkRange(
			"handshakeTimeout",
			options.handshakeTimeout ?? limits.handshakeTimeout,
			1,
			600_000
		);
		this.#silenceTimeout = checkRange("silenceTimeout", options.silenceTimeout ?? limits.silenceTimeout, 1, 600_000);
		this.#admission = this.makeAdmission(options);
		this.#context = TLSListener.#toContext(options.secure);
		const { port = 443, address, io: TCPListener = Listener as unknown as ListenerConstructor } = options;
		this.#tcp = new TCPListener({
			port: checkRange("port", port, 0, 65_535),
			...(address === undefined ? {} : { address }),
			onReadable: (count: number) => {
				this.#queued = count;
				this.accept();
			}
		});
	}

	private makeAdmission(options: TLSListenerOptions): Admission<Candidate> {
		const { maxHandshakes, handshakeMemory, measureHeap: measure = measureHeap } = options;
		return new Admission<Candidate>({
			most: checkRange("maxHandshakes", maxHandshakes ?? limits.maxHandshakes, 1, 64),
			memory: checkRange("handshakeMemory", handshakeMemory ?? limits.handshakeMemory, 0, 0x7fffffff),
			largestBlock: () => measure().largestBlock,
			begin: candidate => {
				this.waitForPeer(candidate, this.#handshakeTimeout);
				this.selectIdentity(candidate);
			},
			makeRoom: () => this.makeRoom(candidate => candidate.hasAsked)
		});
	}

	static #toContext(secure: TLSContext | TLSContextOptions | undefined): TLSContext {
		if (secure === undefined) throw new TypeError("A TLS listener needs secure: a TLSContext or its options");
		const context = secure instanceof TLSContext ? secure : new TLSContext(secure);
		if (!context.hasIdentity)
			throw new TypeError("A TLS server needs a certificate: give cert and key in secure, or psks");
		return context;
	}

	/** The port that is listened on. */
	get port(): number {
		if (this.#tcp === undefined) throw new TypeError("The listener is closed");
		return this.#tcp.port;
	}

	/** What new connections are served with. Setting it leaves live ones as they are (rows E3, Z4). */
	get context(): TLSContext {
		return this.#context;
	}

	set context(context: TLSContext) {
		this.#context = TLSListener.#toContext(context);
	}

	/** The next established connection; `undefined` when none waits. Take it over by `new TLSSocket({ from })`. */
	read(): TLSSocket | undefined {
		const socket = this.#established.shift();
		if (socket !== undefined) this.goOnLater();
		return socket;
	}

	/** Stops listening and drops what is not taken. Connections that were taken live on. Further calls do nothing. */
	close(): void {
		this.#tcp?.close();
		this.#tcp = undefined;
		if (this.#retry !== undefined) Timer.clear(this.#retry);
		for (const candidate of this.#candidates) {
			candidate.stopWaiting();
			candidate.pump.abort();
		}
		this.#candidates.clear();
		for (const socket of this.#established) socket.close();
		this.#established = [];
		this.#admission.clear();
	}

	private accept(): void {
		while (this.#tcp !== undefined && this.#queued > 0) {
			if (!this.hasPlace() && !this.makeRoom(() => true)) {
				this.acceptLater();
				return;
			}
			this.#queued -= 1;
			const tcp = this.#tcp.read();
			if (tcp !== undefined) this.receive(tcp);
		}
	}

	/** When the peer that is waited for longest has been waited for long enough; if there is none, a place comes free. */
	private acceptLater(): void {
		const waited = Math.max(-1, ...[...this.#candidates].map(candidate => candidate.waited ?? -1));
		if (waited < 0) return;
		this.#retry ??= Timer.set(() => {
			this.#retry = undefined;
			this.accept();
		}, limits.patience - waited);
	}

	/** Drops the oldest connection of this kind that keeps us waiting; `false` when there is none. */
	private makeRoom(isEnough: (candidate: Candidate) => boolean): boolean {
		for (const candidate of this.#candidates) {
			if ((candidate.waited ?? 0) < limits.patience || !isEnough(candidate)) continue;
			candidate.pump.abort();
			this.drop(candidate, new TLSError("BUSY"));
			return true;
		}
		return false;
	}

	private hasPlace(): boolean {
		return this.#candidates.size + this.#established.length < limits.maxPending;
	}

	private receive(tcp: Socket): void {
		const pump = new Pump(tcp, {
			arrived: () => this.start(candidate),
			heard: () => this.#admission.heard(candidate),
			selecting: () => this.queueForHandshake(candidate),
			established: () => this.establish(candidate),
			readable() {},
			writable() {},
			ended: error => this.drop(candidate, error)
		});
		const candidate = new Candidate(pump);
		this.#candidates.add(candidate);
		this.waitForPeer(candidate, this.#silenceTimeout);
	}

	private waitForPeer(candidate: Candidate, milliseconds: number): void {
		candidate.waitForPeer(milliseconds, () => {
			candidate.pump.abort();
			this.drop(candidate, new TLSError("TIMEOUT"));
		});
	}

	/** The first byte is here: a session collects the ClientHello, which costs next to no memory. */
	private start(candidate: Candidate): void {
		this.waitForPeer(candidate, this.#handshakeTimeout);
		const session = new Session(this.#context.native, role.server);
		session.askIdentity();
		candidate.pump.start(session);
	}

	/** The ClientHello is here; more bytes may say so again while it waits. */
	private queueForHandshake(candidate: Candidate): void {
		if (candidate.hasAsked) return;
		candidate.hasAsked = true;
		candidate.stopWaiting();
		this.#admission.ask(candidate);
	}

	/** @throws what the owner's `select` throws */
	private choose(candidate: Candidate): Selected | Promise<Selected> {
		const { select } = this.#options;
		return select?.call(this, readHello(candidate.pump.session as Session));
	}

	private selectIdentity(candidate: Candidate): void {
		const refuse = (error: unknown) => this.refuse(candidate, error);
		let selected: Selected | Promise<Selected>;
		try {
			selected = this.choose(candidate);
		} catch (error) {
			refuse(error);
			return;
		}
		if (selected instanceof Promise) selected.then(context => this.use(candidate, context), refuse);
		else this.use(candidate, selected);
	}

	private use(candidate: Candidate, selected: Selected): void {
		let context = this.#context;
		try {
			if (selected !== undefined) context = TLSListener.#toContext(selected);
		} catch (error) {
			this.refuse(candidate, error);
			return;
		}
		candidate.pump.use(context.native);
	}

	private refuse(candidate: Candidate, refusal: unknown): void {
		candidate.refusal = refusal;
		candidate.pump.use(undefined);
	}

	/** Takes the candidate off the books; what waited for its place goes on. */
	private release(candidate: Candidate): void {
		if (!this.#candidates.delete(candidate)) return;
		candidate.stopWaiting();
		this.#admission.leave(candidate);
		this.goOnLater();
	}

	/** Not from within: the next handshake might fail at once, and the one after that, each deeper on the stack. */
	private goOnLater(): void {
		Promise.resolve().then(() => {
			this.#admission.next();
			this.accept();
		});
	}

	private drop(candidate: Candidate, error: TLSError | undefined): void {
		this.release(candidate);
		const { refusal, remoteAddress } = candidate;
		if (error !== undefined && refusal !== undefined) Object.defineProperty(error, "cause", { value: refusal });
		this.#options.onError?.call(this, error ?? new TLSError("TRUNCATED"), remoteAddress);
	}

	private establish(candidate: Candidate): void {
		this.#established.push(new TLSSocket({ arrival: candidate.pump }));
		this.release(candidate);
		this.#options.onReadable?.call(this, this.#established.length);
	}
}

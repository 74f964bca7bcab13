import type { Socket } from "../../io";
import type NativeContext from "../config/native-context";
import TLSError from "../error";
import { limits } from "../limits";
import { type Closing, closeWhenSent } from "./closing";
import { ignored, type PumpEvents } from "./pump-events";
import type Session from "./session";
import { hasFailed, hasOutput, isEstablished, isSelecting, peerEnded, readableShift, tookSome } from "./session-state";
import Wire, { type WireOptions, type WireOwner } from "./wire";

const { leastRoom } = limits;

/** Before `start()`; from there on; once it is closed or has ended, while bytes wait to be sent; when TCP is closed. */
type Phase = "waiting" | "running" | "closing" | "closed";

/**
 * Moves bytes between a TCP connection and a Session, with backpressure both ways: ciphertext is taken from TCP only when
 * the plaintext before it has been read, and given to TCP only as it has room.
 */
export default class Pump implements WireOwner {
	events: PumpEvents;
	/** A client closes TCP after its peer, and is given sessions to keep. A server's protocol says who closes first. */
	isClient = false;
	#phase: Phase = "waiting";
	#session: Session | undefined;
	readonly #wire: Wire;
	/** Bytes of plaintext that the session holds. */
	#readable = 0;
	/** Bytes of plaintext that there was room for when `writable` was last computed. */
	announced = 0;
	#wasEstablished = false;
	#isPulling = false;
	#isResuming = false;
	#closing: Closing | undefined;

	/** @param tcp a socket whose connection is taken over, or a function that makes one with these options */
	constructor(tcp: Socket | ((options: WireOptions) => Socket), events: PumpEvents) {
		this.events = events;
		this.#wire = new Wire(tcp, this);
	}

	/** @internal */
	onReadable(count: number): void {
		this.#wire.announce(count);
		if (this.#phase === "waiting") {
			this.events.onFirstBytes?.();
			return;
		}
		if (!this.#wasEstablished) this.events.onHandshakeBytes?.();
		this.pull();
	}

	/** @internal */
	onWritable(count: number): void {
		this.#wire.room = count;
		if (this.#phase === "waiting") {
			this.events.onConnected?.();
			return;
		}
		if (this.#wire.isStuck) this.flush();
		if (this.#phase === "running" && this.#wasEstablished) this.notifyWritable();
	}

	/** @internal */
	onError(): void {
		this.#wire.end();
		if (this.#phase === "waiting") this.end(new TLSError("TRUNCATED"));
		else this.pull();
	}

	private notifyWritable(): void {
		if (this.writable > 0) this.events.onWritable(this.announced);
	}

	/** Feeds the session what TCP has, until there is plaintext to be read first. */
	private pull(): void {
		if (this.#isPulling) return;
		this.#isPulling = true;
		try {
			while (this.#phase === "running" && this.#readable === 0 && !this.#wire.isEmpty && this.feed()) {}
			if (this.#phase === "running" && this.#wire.hasEnded && this.#readable === 0)
				this.endOfInput(this.#session as Session);
		} finally {
			this.#isPulling = false;
		}
	}

	/** Feeds one piece and notifies the owner of what changed; `false` when the session took nothing. */
	private feed(): boolean {
		const session = this.#session as Session;
		const state = this.#wire.feed(session);
		this.notify(session, state);
		return (state & tookSome) !== 0;
	}

	/** Sends what the session has queued, and notifies the owner of the session's new state. */
	private notify(session: Session, state: number): void {
		if ((state & hasOutput) !== 0) this.flush();
		this.#readable = state >> readableShift;
		if (!this.#wasEstablished && !this.notifyHandshake(state)) return;
		if (this.isClient && this.events.onSession !== undefined && !this.notifySession(session)) return;
		if (this.#readable > 0) this.events.onReadable(this.#readable);
		else if ((state & peerEnded) !== 0) this.end(undefined);
		else if ((state & hasFailed) !== 0) this.end(session.error);
	}

	/** @returns `false` when the handshake is not over, or the owner's callback has closed the connection */
	private notifyHandshake(state: number): boolean {
		if ((state & isSelecting) !== 0) {
			this.events.onClientHello?.();
			return false;
		}
		if ((state & isEstablished) === 0) return (state & hasFailed) !== 0;
		this.events.onEstablished?.();
		this.#wasEstablished = true;
		if (this.#phase === "running") this.notifyWritable();
		return this.#phase === "running";
	}

	/** @returns `false` when the owner's callback has closed the connection */
	private notifySession(session: Session): boolean {
		const kept = session.takeNewSession();
		if (kept !== undefined) this.events.onSession?.(kept);
		return this.#phase === "running";
	}

	private flush(): void {
		if (this.#session !== undefined && !this.#wire.hasEnded) this.#wire.drain(this.#session);
	}

	/** Begins the handshake; a client sends its ClientHello now. The pump frees the session. */
	start(session: Session): void {
		this.#session = session;
		this.#phase = "running";
		if (this.isClient) {
			session.step();
			this.flush();
		}
		this.pull();
	}

	/** Server, after `onClientHello`: continues the handshake with this configuration, or ends it without one. */
	selectContext(context: NativeContext | undefined): void {
		const session = this.#session;
		if (this.#phase !== "running" || session === undefined) return;
		if (context === undefined) session.refuse();
		else session.use(context);
		this.notify(session, session.state);
		this.pull();
	}

	get session(): Session | undefined {
		return this.#session;
	}

	/** `onEstablished` is being called; `onReadable` and `onWritable` follow. */
	get isEstablishing(): boolean {
		return this.#phase === "running" && !this.#wasEstablished;
	}

	/** The session has begun and has not ended. */
	get isOpen(): boolean {
		return this.#phase === "running";
	}

	/** The socket that has taken the TCP connection over. */
	get tcp(): Socket {
		return this.#wire.tcp;
	}

	/** The peer's address while TCP is open. */
	get remoteAddress(): string | undefined {
		return this.#phase === "closed" ? undefined : this.#wire.remoteAddress;
	}

	get remotePort(): number | undefined {
		return this.#phase === "closed" ? undefined : this.tcp.remotePort;
	}

	/** Bytes of plaintext that can be read now. */
	get readable(): number {
		return this.#readable;
	}

	/** Bytes of plaintext that can be written now. */
	get writable(): number {
		this.announced = this.#phase === "running" ? (this.#session as Session).writable(this.#wire.room, leastRoom) : 0;
		return this.announced;
	}

	/** Exactly `count` bytes, at most `readable`. */
	read(count: number): ArrayBuffer | undefined {
		const bytes = this.#session?.read(count);
		this.resumeAfterRead(count);
		return bytes;
	}

	/** Fills as much of `buffer` as there is plaintext; returns how much. */
	readInto(buffer: ArrayBuffer | ArrayBufferView): number {
		const count = this.#session?.readInto(buffer) ?? 0;
		this.resumeAfterRead(count);
		return count;
	}

	/** Sends all of it, at most `writable`; returns the room that is left. After TCP's end it is counted as unsent. */
	write(plaintext: ArrayBuffer | ArrayBufferView): number {
		const session = this.#session;
		if (session === undefined) return 0;
		if (this.#wire.hasEnded) session.write(plaintext);
		else if (!this.#wire.send(session, plaintext)) {
			this.endLater(session.error);
			this.flush();
		}
		return this.writable;
	}

	/** Sends close_notify behind what was written; what the peer sends is still taken. */
	endOutput(): void {
		if (this.#phase !== "running") return;
		this.#session?.close();
		this.announced = 0;
		this.flush();
	}

	/** Sends what was written and, if that `isComplete`, close_notify; then closes TCP. Only `onClose` is called any more. */
	close(isComplete = true): void {
		if (this.#phase === "closing" || this.#phase === "closed") return;
		const { onClose } = this.events;
		this.events = onClose === undefined ? ignored : { ...ignored, onClose };
		if (isComplete) this.#session?.close();
		this.finish();
	}

	/** Closes TCP now, unsent bytes or not. Only `onClose` is called any more. */
	abort(): void {
		if (this.#closing !== undefined) this.#closing.abort();
		else if (this.#phase !== "closed") {
			this.#wire.tcp.close();
			this.release();
		}
	}

	/** The session has ended: notifies the owner, and closes TCP once the peer has the alert. */
	private end(error: TLSError | undefined): void {
		const { events } = this;
		events.onEnding?.();
		this.events = ignored;
		this.#session?.close();
		// Behind a certificate that is refused comes the rest of a client's flight.
		this.finish(this.isClient || error?.code.startsWith("CERTIFICATE_") === true);
		events.onEnd(error);
	}

	private finish(lingers = this.isClient): void {
		this.#phase = "closing";
		this.#closing = closeWhenSent(this.#wire, this.#session, lingers, () => this.release());
		if (this.#closing === undefined) this.release();
	}

	private release(): void {
		this.#phase = "closed";
		this.#closing = undefined;
		const { onClose } = this.events;
		if (onClose !== undefined) Promise.resolve(this.#session?.pending ?? 0).then(onClose);
		this.events = ignored;
		this.#session?.free();
		this.#session = undefined;
		this.#readable = this.announced = 0;
	}

	private endOfInput(session: Session): void {
		session.feedEnd();
		this.end((session.state & peerEnded) !== 0 ? undefined : session.error);
	}

	/** There is room for more plaintext: pulls, but not within the reader's call. */
	private resumeAfterRead(count: number): void {
		this.#readable -= count;
		if (this.#isPulling || this.#isResuming || this.#readable > 0 || (this.#wire.isEmpty && !this.#wire.hasEnded))
			return;
		this.#isResuming = true;
		Promise.resolve().then(() => {
			this.#isResuming = false;
			this.pull();
		});
	}

	/** A write has failed: ends like any other failure, but not within the writer's call. */
	private endLater(error: TLSError | undefined): void {
		this.#readable = 0;
		Promise.resolve().then(() => (this.#phase === "running" ? this.end(error) : undefined));
	}
}

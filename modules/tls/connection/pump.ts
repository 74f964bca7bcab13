import Timer from "timer";
import type { Socket } from "../../io";
import type NativeContext from "../config/native-context";
import TLSError from "../error";
import { limits } from "../limits";
import { type Closing, closeWhenSent } from "./closing";
import { notPulling, pullingForMemory, pullingLater, pullingNow } from "./pulling";
import { ignored, type PumpEvents } from "./pump-events";
import { closed, closing, established, handshaking, type Phase, waiting } from "./pump-phase";
import type Session from "./session";
import { hasFailed, hasOutput, isEstablished, isSelecting, peerEnded, readableShift, tookSome } from "./session-state";
import Wire, { ended, type WireOptions } from "./wire";

const { leastRoom, memoryRetry } = limits;

/**
 * Moves bytes between a TCP connection and a Session, with backpressure both ways: ciphertext is taken from TCP only when
 * the plaintext before it has been read, and given to TCP only as it has room.
 */
export default class Pump extends Wire {
	events: PumpEvents;
	/** Bytes of plaintext that there was room for when `writable` was last computed. */
	announced = 0;
	#phase: Phase = waiting;
	#session: Session | undefined;
	/** Bytes of plaintext that the session holds. */
	#readable = 0;
	#pulling: number = notPulling;

	/** @param tcp a socket whose connection is taken over, or a function that makes one with these options */
	constructor(tcp: Socket | ((options: WireOptions) => Socket), events: PumpEvents) {
		super();
		this.events = events;
		this.open(tcp);
	}

	/** @internal */
	onReadable(count: number): void {
		this.available = count;
		if (this.#phase === waiting) {
			this.events.onFirstBytes?.();
			return;
		}
		if (this.#phase === handshaking) this.events.onHandshakeBytes?.();
		this.pull();
	}

	/** @internal */
	onWritable(count: number): void {
		// While TCP had room, nothing was left for it.
		const wasFull = this.room <= 0;
		this.room = count;
		if (this.#phase === waiting) {
			this.events.onConnected?.();
			return;
		}
		if (wasFull) this.flush();
		if (this.#phase === established && this.writable > 0) this.events.onWritable(this.announced);
	}

	/** @internal Who waits for room may read on only then, and there will be none: it is told of the end, whatever is unread. */
	onError(): void {
		this.available = ended;
		if (this.#phase === waiting) this.end(new TLSError("TRUNCATED"));
		else if (this.#phase === established && this.writable === 0) this.endOfInput(this.#session as Session);
		else this.pull();
	}

	/** Feeds the session what TCP has, until there is plaintext to be read first. */
	private pull(hasWaited = false): void {
		if (this.#pulling === pullingNow || (this.#pulling === pullingForMemory && !hasWaited)) return;
		this.#pulling = pullingNow;
		try {
			while (this.#readable === 0 && !this.isEmpty && this.isOpen && this.feed()) {}
			if (this.available === ended && this.#readable === 0 && this.isOpen) this.endOfInput(this.#session as Session);
		} finally {
			this.#pulling = notPulling;
		}
		// A long record waits for memory, and no event says that some was freed.
		if (this.#phase !== established || this.#readable > 0 || this.isEmpty) return;
		this.#pulling = pullingForMemory;
		Timer.set(() => this.pull(true), memoryRetry);
	}

	/** Feeds one piece and notifies the owner of what changed; `false` when the session took nothing. */
	private feed(): boolean {
		const session = this.#session as Session;
		const state = this.feedPiece(session);
		this.notify(session, state);
		return (state & tookSome) !== 0;
	}

	/** Sends what the session has queued, and notifies the owner of the session's new state. */
	private notify(session: Session, state: number): void {
		if ((state & hasOutput) !== 0) this.flush();
		this.#readable = state >> readableShift;
		if (this.#phase !== established && !this.notifyHandshake(state)) return;
		if (this.isClient && !this.notifySession(session)) return;
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
		if (this.#phase !== handshaking) return false;
		this.#phase = established;
		if (this.writable > 0) this.events.onWritable(this.announced);
		return this.#phase === established;
	}

	/** A client is given a session to keep. @returns `false` when the owner's callback has closed the connection */
	private notifySession(session: Session): boolean {
		if (this.events.onSession === undefined) return true;
		const kept = session.takeNewSession();
		if (kept !== undefined) this.events.onSession(kept);
		return this.#phase === established;
	}

	private flush(): void {
		if (this.#session !== undefined && this.available !== ended) this.drain(this.#session);
	}

	/** Begins the handshake. The pump frees the session. */
	start(session: Session): void {
		this.#session = session;
		this.#phase = handshaking;
		if (this.isClient) {
			session.step();
			this.flush();
		}
		this.pull();
	}

	/** A client sends first, closes TCP after its peer, and is given sessions to keep. A server's protocol says who closes. */
	protected get isClient(): boolean {
		return false;
	}

	/** Server, after `onClientHello`: continues the handshake with this configuration, or ends it without one. */
	selectContext(context: NativeContext | undefined): void {
		const session = this.#session;
		if (this.#phase !== handshaking || session === undefined) return;
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
		return this.#phase === handshaking;
	}

	/** The session has begun and has not ended. */
	get isOpen(): boolean {
		return this.#phase === established || this.#phase === handshaking;
	}

	/** The peer's address while TCP is open. */
	get remoteAddress(): string | undefined {
		return this.#phase === closed ? undefined : this.tcp.remoteAddress;
	}

	get remotePort(): number | undefined {
		return this.#phase === closed ? undefined : this.tcp.remotePort;
	}

	/** Bytes of plaintext that can be read now. */
	get readable(): number {
		return this.#readable;
	}

	/** Bytes of plaintext that can be written now. */
	get writable(): number {
		this.announced = this.isOpen ? (this.#session as Session).writable(this.room, leastRoom) : 0;
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
		if (this.available === ended) {
			session.write(plaintext);
			if (this.writable > 0) return this.announced;
			session.feedEnd();
			this.endLater(session.error);
		} else if (!this.send(session, plaintext)) {
			this.endLater(session.error);
			this.flush();
		}
		return this.writable;
	}

	/** Sends close_notify behind what was written; what the peer sends is still taken. */
	endOutput(): void {
		if (!this.isOpen) return;
		this.#session?.close();
		this.announced = 0;
		this.flush();
	}

	/** Sends what was written and, if that `isComplete`, close_notify; then closes TCP. Only `onClose` is called any more. */
	close(isComplete = true): void {
		if (this.#phase === closing || this.#phase === closed) return;
		const { onClose } = this.events;
		this.events = onClose === undefined ? ignored : { ...ignored, onClose };
		if (isComplete) this.#session?.close();
		this.finish();
	}

	/** Closes TCP now, unsent bytes or not. Only `onClose` is called any more. */
	abort(): void {
		if (this.#phase === closing) (this.tcp.target as Closing).abort();
		else if (this.#phase !== closed) {
			this.tcp.close();
			this.release();
		}
	}

	/** The session has ended: notifies the owner, and closes TCP once the peer has the alert. */
	private end(error: TLSError | undefined): void {
		const { events } = this;
		events.onEnding?.();
		this.events = ignored;
		this.#session?.close();
		// Who is told of a failure may still be sending. Who speaks no TLS does not understand it, and may wait for the end of TCP.
		const isTold = error?.alert?.received === false && error.code !== "NOT_TLS";
		this.finish(this.isClient || isTold);
		events.onEnd(error);
	}

	private finish(lingers = this.isClient): void {
		this.#phase = closing;
		if (closeWhenSent(this, this.#session, lingers, () => this.release()) === undefined) this.release();
	}

	private release(): void {
		this.#phase = closed;
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
		if (this.#pulling !== notPulling || this.#readable > 0 || (this.isEmpty && this.available !== ended)) return;
		this.#pulling = pullingLater;
		Promise.resolve().then(() => this.pull());
	}

	/** A write has failed: ends like any other failure, but not within the writer's call. */
	private endLater(error: TLSError | undefined): void {
		this.#readable = 0;
		Promise.resolve().then(() => (this.isOpen ? this.end(error) : undefined));
	}
}

/** That of a client. */
export class ClientPump extends Pump {
	protected override get isClient(): boolean {
		return true;
	}
}

import Timer from "timer";
import type { Socket } from "../../io";
import TLSError from "../error";
import { limits } from "../limits";
import { linger } from "./linger";
import type NativeContext from "./native-context";
import { nobody, type PumpEvents } from "./pump-events";
import type Session from "./session";
import { hasFailed, hasOutput, isEstablished, isSelecting, peerEnded, readableShift, tookSome } from "./session-state";
import Wire, { type WiredOptions, type WireOwner } from "./wire";

const { closeTimeout, leastRoom, lingerTimeout } = limits;

/** Before `start()`, after it, after `close()` while bytes wait to be sent, and when TCP is closed. */
type Phase = "waiting" | "running" | "closing" | "over";

/**
 * Moves bytes between a TCP connection and a Session, as far as both sides allow:
 * ciphertext is taken from TCP only when the plaintext before it has been read, and given only as TCP has room.
 */
export default class Pump implements WireOwner {
	events: PumpEvents;
	/** It closes TCP after its peer, and is told of sessions to keep. A server closes in the order that its protocol has. */
	isClient = false;
	#phase: Phase = "waiting";
	#session: Session | undefined;
	readonly #wire: Wire;
	/** Bytes of plaintext that the session holds. */
	#readable = 0;
	/** Bytes of plaintext that the owner has last been told to have room for. */
	#announced = 0;
	#wasEstablished = false;
	#tcpEnded = false;
	#isPulling = false;
	#isResuming = false;
	#closeTimer: Timer | undefined;

	/** @param tcp a socket whose connection is taken over, or what makes one with these options */
	constructor(tcp: Socket | ((options: WiredOptions) => Socket), events: PumpEvents) {
		this.events = events;
		this.#wire = new Wire(tcp, this);
	}

	/** @internal TCP has that many bytes. */
	receive(count: number): void {
		this.#wire.announce(count);
		if (this.#phase === "waiting") this.events.arrived?.();
		else if (this.#phase === "closing") this.#wire.discard();
		else {
			if (!this.#wasEstablished) this.events.heard?.();
			this.pull();
		}
	}

	/** @internal TCP takes that many bytes. */
	makeRoom(count: number): void {
		this.#wire.room = count;
		if (this.#phase === "waiting") {
			this.events.connected?.();
			return;
		}
		if (this.#wire.isStuck || this.#phase === "closing") this.flush();
		if (this.#phase === "running" && this.#wasEstablished) this.tellWritable();
	}

	/** @internal TCP has ended. */
	lose(): void {
		this.#tcpEnded = true;
		this.#wire.announce(0);
		if (this.#phase === "waiting") this.end(new TLSError("TRUNCATED"));
		else if (this.#phase === "closing") this.abort();
		else this.pull();
	}

	private tellWritable(): void {
		if (this.writable > 0) this.events.writable(this.#announced);
	}

	private pull(): void {
		if (this.#isPulling) return;
		this.#isPulling = true;
		try {
			while (this.#phase === "running" && this.#readable === 0 && !this.#wire.isEmpty && this.feed()) {}
			if (this.#phase === "running" && this.#tcpEnded && this.#readable === 0)
				this.endOfInput(this.#session as Session);
		} finally {
			this.#isPulling = false;
		}
	}

	/** Feeds what is at hand and tells what came of it; false when nothing was taken. */
	private feed(): boolean {
		const session = this.#session as Session;
		const state = this.#wire.feed(session);
		this.tell(session, state);
		return (state & tookSome) !== 0;
	}

	/** Sends what the session has to say, and tells the owner what has become of it. */
	private tell(session: Session, state: number): void {
		if ((state & hasOutput) !== 0) this.flush();
		this.#readable = state >> readableShift;
		if (!this.#wasEstablished && !this.tellHandshake(state)) return;
		if (this.isClient && this.events.session !== undefined && !this.tellSession(session)) return;
		if (this.#readable > 0) this.events.readable(this.#readable);
		else if ((state & peerEnded) !== 0) this.end(undefined);
		else if ((state & hasFailed) !== 0) this.end(session.error);
	}

	/** @returns whether there is more to tell: not if the handshake goes on, here or in the call of `use()` */
	private tellHandshake(state: number): boolean {
		if ((state & isSelecting) !== 0) {
			this.events.selecting?.();
			return false;
		}
		if ((state & isEstablished) === 0) return (state & hasFailed) !== 0;
		this.events.established?.();
		this.#wasEstablished = true;
		if (this.#phase === "running") this.tellWritable();
		return this.#phase === "running";
	}

	/** @returns whether the connection goes on */
	private tellSession(session: Session): boolean {
		const kept = session.takeNewSession();
		if (kept !== undefined) this.events.session?.(kept);
		return this.#phase === "running";
	}

	private flush(): void {
		const session = this.#session;
		if (session === undefined || this.#phase === "over" || this.#tcpEnded) return;
		this.#wire.drain(session);
		if (this.#phase === "closing" && !this.#wire.isStuck) this.leave();
	}

	/** Begins the handshake; a client's first flight leaves now. The pump frees the session. */
	start(session: Session): void {
		this.#session = session;
		this.#phase = "running";
		if (this.isClient) {
			session.step();
			this.flush();
		}
		this.pull();
	}

	/** Goes on with the handshake of a session that wanted an identity, or ends it when there is none. */
	use(context: NativeContext | undefined): void {
		const session = this.#session;
		if (this.#phase !== "running" || session === undefined) return;
		if (context === undefined) session.refuse();
		else session.use(context);
		this.tell(session, session.state);
		this.pull();
	}

	get session(): Session | undefined {
		return this.#session;
	}

	/** `established` is being told, and what is pending will be next. */
	get isEstablishing(): boolean {
		return this.#phase === "running" && !this.#wasEstablished;
	}

	/** The session has begun and has not ended. */
	get isOpen(): boolean {
		return this.#phase === "running";
	}

	/** The socket that the connection was taken over to. */
	get tcp(): Socket {
		return this.#wire.tcp;
	}

	/** The peer's address while TCP is open. */
	get remoteAddress(): string | undefined {
		return this.#phase === "over" ? undefined : this.#wire.remoteAddress;
	}

	get remotePort(): number | undefined {
		return this.#phase === "over" ? undefined : this.tcp.remotePort;
	}

	/** Bytes of plaintext that can be read now. */
	get readable(): number {
		return this.#readable;
	}

	/** Bytes of plaintext that can be written now. */
	get writable(): number {
		this.#announced = this.#phase === "running" ? (this.#session as Session).writable(this.#wire.room, leastRoom) : 0;
		return this.#announced;
	}

	/** What `writable` was when it was last asked for, which costs nothing. */
	get announced(): number {
		return this.#announced;
	}

	/** Exactly `count` bytes, at most `readable`. */
	read(count: number): ArrayBuffer | undefined {
		const bytes = this.#session?.read(count);
		this.hasRead(count);
		return bytes;
	}

	/** Fills as much of `buffer` as there is; returns how much. */
	readInto(buffer: ArrayBuffer | ArrayBufferView): number {
		const count = this.#session?.readInto(buffer) ?? 0;
		this.hasRead(count);
		return count;
	}

	/** Sends all of it, at most `writable`; returns the room that is left. After TCP's end it is in vain, and told as lost. */
	write(plaintext: ArrayBuffer | ArrayBufferView): number {
		const session = this.#session;
		if (session === undefined) return 0;
		if (this.#tcpEnded) session.write(plaintext);
		else if (!this.#wire.send(session, plaintext)) {
			this.endLater(session.error);
			this.flush();
		}
		return this.writable;
	}

	/** Sends what was written and then, if that `isWhole`, close_notify; closes TCP. Only `closed` is told any more. */
	close(isWhole = true): void {
		if (this.#phase === "closing" || this.#phase === "over") return;
		const { closed } = this.events;
		this.events = closed === undefined ? nobody : { ...nobody, closed };
		if (isWhole) this.#session?.close();
		this.closeWhenFlushed();
	}

	/** Closes TCP now, unsent bytes or not. Nothing is told any more. */
	abort(): void {
		if (this.#phase === "over") return;
		this.#wire.tcp.close();
		this.release();
	}

	/** All has been sent: TCP is closed, now or when the peer has closed it. */
	private leave(): void {
		if (this.isClient) linger(this.#wire.tcp, lingerTimeout);
		else this.#wire.tcp.close();
		this.release();
	}

	private release(): void {
		this.#phase = "over";
		const { closed } = this.events;
		if (closed !== undefined) Promise.resolve(this.#session?.pending ?? 0).then(closed);
		this.events = nobody;
		if (this.#closeTimer !== undefined) Timer.clear(this.#closeTimer);
		this.#session?.free();
		this.#session = undefined;
		this.#readable = this.#announced = 0;
	}

	private endOfInput(session: Session): void {
		session.feedEnd();
		this.end((session.state & peerEnded) !== 0 ? undefined : session.error);
	}

	/** Reading made place: go on, but not inside of the reader's call. */
	private hasRead(count: number): void {
		this.#readable -= count;
		if (this.#isPulling || this.#isResuming || this.#readable > 0 || (this.#wire.isEmpty && !this.#tcpEnded)) return;
		this.#isResuming = true;
		Promise.resolve().then(() => {
			this.#isResuming = false;
			this.pull();
		});
	}

	/** A failed write is told like any other end, but not inside of the writer's call. */
	private endLater(error: TLSError | undefined): void {
		this.#readable = 0;
		Promise.resolve().then(() => (this.#phase === "running" ? this.end(error) : undefined));
	}

	/** The session is done: tell the owner, and close TCP once the peer has been told. */
	private end(error: TLSError | undefined): void {
		const { events } = this;
		this.events = nobody;
		this.#session?.close();
		this.closeWhenFlushed();
		events.ended(error);
	}

	private closeWhenFlushed(): void {
		this.#phase = "closing";
		this.#wire.discard();
		if (this.#session === undefined || this.#tcpEnded) this.abort();
		else this.flush();
		if ((this.#phase as Phase) === "closing") this.#closeTimer = Timer.set(() => this.abort(), closeTimeout);
	}
}

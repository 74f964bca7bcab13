import type { SocketUser } from "../../io";
import type TLSError from "../error";
import { limits } from "../limits";
import { type Closing, closeWhenSent } from "./closing";
import { notPulling } from "./pulling";
import { ignored, type PumpEvents } from "./pump-events";
import { closed, closing, established, handshaking, type Phase, waiting } from "./pump-phase";
import type Session from "./session";
import { peerEnded } from "./session-state";
import Wire, { ended } from "./wire";

const { leastRoom } = limits;

/** A wire with its session: what both are at, and how they end. What moves bytes is Pump, whose methods XS so finds first. */
export default abstract class SessionWire extends Wire {
	/** Bytes of plaintext that can be read now. */
	readable = 0;
	/** How many of them the owner was not told of. Absent while there are none. */
	declare protected untold?: number;
	protected pulling: number = notPulling;
	/** Bytes of plaintext that there was room for when `writable` was last computed, less what was written then. */
	announced = 0;
	/** Until it has ended. */
	session: Session | undefined;
	protected phase: Phase = waiting;
	/** Of the owner of `events`, if it has one: is told of bytes in its place. */
	user: SocketUser | undefined;
	events: PumpEvents = ignored;
	/** What the owner may still write of what it was told: in parts, each of which takes a record, it may be more than `announced`. */
	promised = 0;

	/** `onEstablished` is being called; `onReadable` and `onWritable` follow. */
	get isEstablishing(): boolean {
		return this.phase === handshaking;
	}

	/** The session has begun and has not ended. */
	get isOpen(): boolean {
		return this.phase === established || this.phase === handshaking;
	}

	/** The peer's address while TCP is open. */
	get remoteAddress(): string | undefined {
		return this.phase === closed ? undefined : this.tcp.remoteAddress;
	}

	get remotePort(): number | undefined {
		return this.phase === closed ? undefined : this.tcp.remotePort;
	}

	/** Bytes of plaintext that can be written now. */
	get writable(): number {
		this.announced = this.isOpen ? (this.session as Session).writable(this.room, leastRoom) : 0;
		return this.announced;
	}

	protected flush(): void {
		if (this.session !== undefined && this.available !== ended) this.drain(this.session);
	}

	protected failLater(session: Session): void {
		this.endLater(session.error);
		this.flush();
	}

	protected writeUnsent(session: Session, plaintext: ArrayBuffer | ArrayBufferView): number {
		session.write(plaintext);
		if (this.writable > 0) return this.announced;
		session.feedEnd();
		this.endLater(session.error);
		return this.writable;
	}

	/** Sends close_notify behind what was written; what the peer sends is still taken. */
	endOutput(): void {
		if (!this.isOpen) return;
		this.session?.close();
		this.announced = 0;
		this.flush();
	}

	/** Sends what was written and, if that `isComplete`, close_notify; then closes TCP. Only `onClose` is called any more. */
	close(isComplete = true): void {
		if (this.phase === closing || this.phase === closed) return;
		const { onClose } = this.events;
		this.leave(onClose === undefined ? ignored : { ...ignored, onClose });
		if (isComplete) this.session?.close();
		this.finish();
	}

	/** Closes TCP now, unsent bytes or not. Only `onClose` is called any more. */
	abort(): void {
		if (this.phase === closing) (this.tcp.target as Closing).abort();
		else if (this.phase !== closed) {
			this.tcp.close();
			this.release();
		}
	}

	/** The session has ended: notifies the owner, and closes TCP once the peer has the alert. */
	protected end(error: TLSError | undefined): void {
		const { events } = this;
		events.onEnding?.();
		this.leave();
		this.session?.close();
		// Who is told of a failure may still be sending. Who speaks no TLS does not understand it, and may wait for the end of TCP.
		const isTold = error?.alert?.received === false && error.code !== "NOT_TLS";
		this.finish(this.isClient || isTold);
		events.onEnd(error);
	}

	/** Nobody has it any more. */
	private leave(events: PumpEvents = ignored): void {
		this.events = events;
		this.user = undefined;
	}

	protected finish(lingers: boolean = this.isClient): void {
		this.phase = closing;
		if (closeWhenSent(this, this.session, lingers, () => this.release()) === undefined) this.release();
	}

	protected release(): void {
		this.phase = closed;
		const { onClose } = this.events;
		if (onClose !== undefined) Promise.resolve(this.session?.pending ?? 0).then(onClose);
		this.leave();
		this.session?.free();
		this.session = undefined;
		this.readable = this.announced = 0;
		// Who pulls looks at it when its owner's call has returned.
		if (this.available > 0) this.available = 0;
	}

	protected endOfInput(session: Session): void {
		session.feedEnd();
		this.end((session.state & peerEnded) !== 0 ? undefined : session.error);
	}

	/** A write has failed: ends like any other failure, but not within the writer's call. */
	protected endLater(error: TLSError | undefined): void {
		this.readable = 0;
		Promise.resolve().then(() => (this.isOpen ? this.end(error) : undefined));
	}
	/** A client sends first, closes TCP after its peer, and is given sessions to keep. A server's protocol says who closes. */
	protected get isClient(): boolean {
		return false;
	}
}

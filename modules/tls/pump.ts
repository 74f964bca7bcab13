import Timer from "timer";
import type { Socket, SocketCallbacks, SocketConstructor } from "../io";
import TLSError from "./error";
import Intake from "./intake";
import { limits } from "./limits";
import { linger } from "./linger";
import type NativeContext from "./native-context";
import Outflow from "./outflow";
import { nobody, type PumpEvents } from "./pump-events";
import type Session from "./session";
import { hasFailed, hasOutput, isEndedByPeer, isEstablished, isSelecting, readableShift } from "./session-state";

const { closeTimeout, leastRoom, lingerTimeout } = limits;

/** Before `start()`, after it, after `close()` while bytes wait to be sent, and when TCP is closed. */
type Phase = "waiting" | "running" | "closing" | "over";

/**
 * Moves bytes between a TCP connection and a Session, as far as both sides allow:
 * ciphertext is taken from TCP only when the plaintext before it has been read, and given only as TCP has room.
 */
export default class Pump {
	events: PumpEvents;
	/** The socket that the connection was taken over to. */
	readonly tcp: Socket;
	/** Closing waits for the peer to close. Default: not, for a server closes in the order that its protocol has. */
	lingers = false;
	#phase: Phase = "waiting";
	#session: Session | undefined;
	readonly #intake: Intake;
	readonly #outflow: Outflow;
	/** Bytes of plaintext that the session holds. */
	#readable = 0;
	/** Bytes of plaintext that the owner has last been told to have room for. */
	#announced = 0;
	#tcpEnded = false;
	#isPulling = false;
	#isResuming = false;
	#wasEstablished = false;
	#closeTimer: Timer | undefined;

	/** @param tcp a socket whose connection is taken over, or what makes one with these callbacks */
	constructor(tcp: Socket | ((callbacks: SocketCallbacks<Socket>) => Socket), events: PumpEvents) {
		this.events = events;
		const callbacks = {
			onReadable: (count: number) => this.onReadable(count),
			onWritable: (count: number) => this.onWritable(count),
			onError: () => this.onTCPEnd()
		};
		if (typeof tcp === "function") this.tcp = tcp(callbacks);
		else this.tcp = new (tcp.constructor as SocketConstructor)({ from: tcp, nodelay: true, ...callbacks });
		this.#intake = new Intake(this.tcp);
		this.#outflow = new Outflow(this.tcp);
	}

	/** Begins the handshake; a client's first flight leaves now. The pump frees the session. */
	start(session: Session): void {
		this.#session = session;
		this.#phase = "running";
		session.step();
		this.flush();
		this.pull();
	}

	/** Goes on with the handshake of a session that wanted an identity, or ends it when there is none. */
	use(context: NativeContext | undefined): void {
		const session = this.#session;
		if (this.#phase !== "running" || session === undefined) return;
		if (context === undefined) session.refuse();
		else session.use(context);
		this.tell(session);
		this.pull();
	}

	get session(): Session | undefined {
		return this.#session;
	}

	/** The session has begun and has not ended. */
	get isOpen(): boolean {
		return this.#phase === "running";
	}

	/** The peer's address while TCP is open. */
	get remoteAddress(): string | undefined {
		return this.#phase === "over" ? undefined : this.tcp.remoteAddress;
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
		const session = this.#session;
		this.#announced =
			this.#phase === "running" && session !== undefined ? session.writable(this.#outflow.room, leastRoom) : 0;
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

	/** Sends all of it, which must not be more than `writable`; returns the room that is left. */
	write(plaintext: ArrayBuffer | ArrayBufferView): number {
		const session = this.#session;
		if (session?.write(plaintext) === 0 && session.error !== undefined) this.endLater(session.error);
		this.flush();
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
		this.tcp.close();
		this.release();
	}

	/** All has been sent: TCP is closed, now or when the peer has closed it. */
	private leave(): void {
		if (this.#phase === "over") return;
		if (this.lingers) linger(this.tcp, lingerTimeout);
		else this.tcp.close();
		this.release();
	}

	private release(): void {
		this.#phase = "over";
		const unsent = this.#session?.pending ?? 0;
		const { closed } = this.events;
		this.events = nobody;
		if (this.#closeTimer !== undefined) Timer.clear(this.#closeTimer);
		this.#session?.free();
		this.#session = undefined;
		this.#readable = this.#announced = 0;
		if (closed !== undefined) Promise.resolve(unsent).then(closed);
	}

	private onReadable(count: number): void {
		this.#intake.announced = count;
		this.events.heard?.();
		if (this.#phase === "waiting") this.events.arrived?.();
		else if (this.#phase === "closing") this.#intake.discard();
		else this.pull();
	}

	private onWritable(count: number): void {
		this.#outflow.room = count;
		if (this.#phase === "waiting") this.events.connected?.();
		if (this.#outflow.isStuck || this.#phase === "closing") this.flush();
		if (this.#phase === "running" && this.#wasEstablished) this.tellWritable();
	}

	private tellWritable(): void {
		if (this.writable > 0) this.events.writable(this.#announced);
	}

	private onTCPEnd(): void {
		this.#tcpEnded = true;
		this.#intake.announced = 0;
		if (this.#phase === "waiting") this.end(new TLSError("TRUNCATED"));
		else if (this.#phase === "closing") this.abort();
		else this.pull();
	}

	private pull(): void {
		if (this.#isPulling) return;
		this.#isPulling = true;
		try {
			while (this.#phase === "running" && this.#readable === 0 && this.feedOnce()) {}
			if (this.#phase === "running" && this.#tcpEnded && this.#readable === 0) this.endOfInput();
		} finally {
			this.#isPulling = false;
		}
	}

	/** Feeds what is at hand and tells what came of it; false when nothing was fed. */
	private feedOnce(): boolean {
		const session = this.#session as Session;
		const ciphertext = this.#intake.take();
		if (ciphertext === undefined) return false;
		const count = session.feed(ciphertext, this.#intake.offset);
		this.#intake.fed(count);
		this.tell(session);
		return count > 0;
	}

	/** Sends what the session has to say, and tells the owner what has become of it. */
	private tell(session: Session): void {
		let { state } = session;
		if ((state & hasOutput) !== 0) this.flush();
		this.#readable = state >> readableShift;
		if (!this.#wasEstablished) {
			this.tellHandshake(state);
			if (this.#phase !== "running") return;
			state = session.state;
		}
		if (this.events.session !== undefined && !this.tellSession(session)) return;
		if (this.#readable > 0) this.events.readable(this.#readable);
		else if ((state & isEndedByPeer) !== 0) this.end(undefined);
		else if ((state & hasFailed) !== 0) this.end(session.error);
	}

	/** @returns whether the connection goes on */
	private tellSession(session: Session): boolean {
		const kept = session.takeNewSession();
		if (kept !== undefined) this.events.session?.(kept);
		return this.#phase === "running";
	}

	private tellHandshake(state: number): void {
		if ((state & isEstablished) !== 0) {
			this.#wasEstablished = true;
			this.events.established?.();
			if (this.#phase === "running") this.tellWritable();
		} else if ((state & isSelecting) !== 0) this.events.selecting?.();
	}

	private endOfInput(): void {
		const session = this.#session as Session;
		session.feedEnd();
		this.end((session.state & isEndedByPeer) !== 0 ? undefined : session.error);
	}

	/** Reading made place: go on, but not inside of the reader's call. */
	private hasRead(count: number): void {
		this.#readable -= count;
		if (this.#isPulling || this.#isResuming || this.#readable > 0) return;
		if (this.#intake.isEmpty && !this.#tcpEnded) return;
		this.#isResuming = true;
		Promise.resolve().then(() => {
			this.#isResuming = false;
			this.pull();
		});
	}

	private flush(): void {
		const session = this.#session;
		if (session === undefined || this.#phase === "over" || this.#tcpEnded) return;
		this.#outflow.drain(session);
		if (this.#phase === "closing" && !this.#outflow.isStuck) this.leave();
	}

	/** A failed write is told like any other end, but not inside of the writer's call. */
	private endLater(error: TLSError): void {
		this.#readable = 0;
		Promise.resolve().then(() => {
			if (this.#phase === "running") this.end(error);
		});
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
		this.#intake.discard();
		if (this.#session === undefined || this.#tcpEnded) this.abort();
		else this.flush();
		if ((this.#phase as Phase) === "closing") {
			this.#closeTimer = Timer.set(() => this.abort(), closeTimeout);
		}
	}
}

import Timer from "timer";
import type { Socket, SocketCallbacks, SocketConstructor } from "../io";
import TLSError from "./error";
import { limits } from "./limits";
import { linger } from "./linger";
import type NativeContext from "./native-context";
import { nobody, type PumpEvents } from "./pump-events";
import type Session from "./session";

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
	/** Bytes that TCP has announced and that were not taken. */
	#incoming = 0;
	/** Bytes that TCP has room for. */
	#room = 0;
	/** Ciphertext that the session did not take yet. */
	#rest: ArrayBuffer | undefined;
	#restOffset = 0;
	#tcpEnded = false;
	#isPulling = false;
	#isResuming = false;
	#wasEstablished = false;
	#closeTimer: Timer | undefined;

	/** @param tcp a socket whose connection is taken over, or what makes one with these callbacks */
	constructor(tcp: Socket | ((callbacks: SocketCallbacks<Socket>) => Socket), events: PumpEvents) {
		this.events = events;
		const callbacks = {
			onReadable: (count: number) => this.#onReadable(count),
			onWritable: (count: number) => this.#onWritable(count),
			onError: () => this.#onTCPEnd()
		};
		if (typeof tcp === "function") this.tcp = tcp(callbacks);
		else this.tcp = new (tcp.constructor as SocketConstructor)({ from: tcp, ...callbacks });
	}

	/** Begins the handshake; a client's first flight leaves now. The pump frees the session. */
	start(session: Session): void {
		this.#session = session;
		this.#phase = "running";
		session.step();
		this.#flush();
		this.#pull();
	}

	/** Goes on with the handshake of a session that wanted an identity. */
	use(context: NativeContext): void {
		if (this.#phase !== "running" || this.#session === undefined) return;
		this.#session.use(context);
		this.#goOn(this.#session);
	}

	/** Ends a session that wanted an identity and gets none. */
	refuse(): void {
		if (this.#phase !== "running" || this.#session === undefined) return;
		this.#session.refuse();
		this.#goOn(this.#session);
	}

	#goOn(session: Session): void {
		this.#flush();
		this.#tell(session);
		this.#pull();
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
		return this.#session?.readable ?? 0;
	}

	/** Bytes of plaintext that can be written now. */
	get writable(): number {
		if (this.#phase !== "running" || this.#session === undefined) return 0;
		const { pending } = this.#session;
		return this.#session.writable(pending === 0 ? Math.max(this.#room, limits.leastRoom) : this.#room - pending);
	}

	/** Exactly `count` bytes, at most `readable`. */
	read(count: number): ArrayBuffer | undefined {
		const bytes = this.#session?.read(count);
		this.#resumeLater();
		return bytes;
	}

	/** Fills as much of `buffer` as there is; returns how much. */
	readInto(buffer: ArrayBuffer | ArrayBufferView): number {
		const count = this.#session?.readInto(buffer) ?? 0;
		this.#resumeLater();
		return count;
	}

	/** Sends all of it, which must not be more than `writable`; returns the room that is left. */
	write(plaintext: ArrayBuffer | ArrayBufferView): number {
		const session = this.#session;
		if (session?.write(plaintext) === 0 && session.error !== undefined) this.#endLater(session.error);
		this.#flush();
		return this.writable;
	}

	/** Sends close_notify after what was written, then closes TCP. Nothing is told any more. */
	close(): void {
		if (this.#phase === "closing" || this.#phase === "over") return;
		this.events = nobody;
		this.#session?.close();
		this.#closeWhenFlushed();
	}

	/** Closes TCP now, unsent bytes or not. Nothing is told any more. */
	abort(): void {
		if (this.#phase === "over") return;
		this.tcp.close();
		this.#release();
	}

	/** All has been sent: TCP is closed, now or when the peer has closed it. */
	#leave(): void {
		if (this.#phase === "over") return;
		if (this.lingers) linger(this.tcp, limits.lingerTimeout);
		else this.tcp.close();
		this.#release();
	}

	#release(): void {
		this.#phase = "over";
		this.events = nobody;
		if (this.#closeTimer !== undefined) Timer.clear(this.#closeTimer);
		this.#session?.free();
		this.#session = undefined;
		this.#rest = undefined;
	}

	#onReadable(count: number): void {
		this.#incoming = count;
		this.events.heard?.();
		if (this.#phase === "waiting") this.events.arrived?.();
		else if (this.#phase === "closing") this.#discard();
		else this.#pull();
	}

	#onWritable(count: number): void {
		this.#room = count;
		if (this.#phase === "waiting") this.events.connected?.();
		this.#flush();
		if (this.#phase === "running" && this.#wasEstablished) this.#tellWritable();
	}

	#tellWritable(): void {
		const writable = this.writable;
		if (writable > 0) this.events.writable(writable);
	}

	#onTCPEnd(): void {
		this.#tcpEnded = true;
		this.#incoming = 0;
		if (this.#phase === "waiting") this.#end(new TLSError("TRUNCATED"));
		else if (this.#phase === "closing") this.abort();
		else this.#pull();
	}

	/** The next ciphertext, from what is left or from TCP. */
	#take(): ArrayBuffer | undefined {
		if (this.#rest !== undefined) return this.#rest;
		if (this.#incoming === 0) return undefined;
		const count = Math.min(this.#incoming, limits.readSize);
		this.#incoming -= count;
		this.#restOffset = 0;
		return this.tcp.read(count) as ArrayBuffer | undefined;
	}

	#pull(): void {
		if (this.#isPulling) return;
		this.#isPulling = true;
		try {
			while (this.#phase === "running" && this.readable === 0 && this.#feedOnce()) {}
			if (this.#phase === "running" && this.#tcpEnded && this.readable === 0) this.#endOfInput();
		} finally {
			this.#isPulling = false;
		}
	}

	/** Feeds what is at hand and tells what came of it; false when nothing was fed. */
	#feedOnce(): boolean {
		const session = this.#session as Session;
		const ciphertext = this.#take();
		if (ciphertext === undefined) return false;
		const count = session.feed(ciphertext, this.#restOffset);
		this.#restOffset += count;
		this.#rest = this.#restOffset < ciphertext.byteLength ? ciphertext : undefined;
		this.#flush();
		this.#tell(session);
		return count > 0;
	}

	#tell(session: Session): void {
		if (!this.#wasEstablished && session.isEstablished) {
			this.#wasEstablished = true;
			this.events.established?.();
			if (this.#phase === "running") this.#tellWritable();
		}
		const kept = this.events.session && session.takeNewSession();
		if (kept !== undefined) this.events.session?.(kept);
		if (this.#phase !== "running") return;
		if (!this.#wasEstablished && session.isSelecting) this.events.selecting?.();
		else if (session.readable > 0) this.events.readable(session.readable);
		else if (session.isEndedByPeer) this.#end(undefined);
		else if (session.error !== undefined) this.#end(session.error);
	}

	#endOfInput(): void {
		const session = this.#session as Session;
		session.feedEnd();
		this.#end(session.isEndedByPeer ? undefined : session.error);
	}

	/** Reading made place: go on, but not inside of the reader's call. */
	#resumeLater(): void {
		if (this.#isPulling || this.#isResuming || this.readable > 0) return;
		if (this.#rest === undefined && this.#incoming === 0 && !this.#tcpEnded) return;
		this.#isResuming = true;
		Promise.resolve().then(() => {
			this.#isResuming = false;
			this.#pull();
		});
	}

	#flush(): void {
		const session = this.#session;
		if (session === undefined || this.#phase === "over" || this.#tcpEnded) return;
		while (this.#room > 0) {
			const ciphertext = session.drain(Math.min(this.#room, limits.writeSize));
			if (ciphertext === undefined) break;
			this.#room -= ciphertext.byteLength;
			this.tcp.write(ciphertext);
		}
		if (this.#phase === "closing" && session.pending === 0) this.#leave();
	}

	/** A failed write is told like any other end, but not inside of the writer's call. */
	#endLater(error: TLSError): void {
		Promise.resolve().then(() => {
			if (this.#phase === "running") this.#end(error);
		});
	}

	/** TCP that is closed over unread bytes resets the connection, and the peer may lose our last words by that. */
	#discard(): void {
		if (this.#incoming > 0) this.tcp.read(this.#incoming);
		this.#incoming = 0;
	}

	/** The session is done: tell the owner, and close TCP once the peer has been told. */
	#end(error: TLSError | undefined): void {
		const { events } = this;
		this.events = nobody;
		this.#session?.close();
		this.#closeWhenFlushed();
		events.ended(error);
	}

	#closeWhenFlushed(): void {
		this.#phase = "closing";
		this.#discard();
		if (this.#session === undefined || this.#tcpEnded) this.abort();
		else this.#flush();
		if ((this.#phase as Phase) === "closing") {
			this.#closeTimer = Timer.set(() => this.abort(), limits.closeTimeout);
		}
	}
}

import Timer from "timer";
import type { Socket } from "../../io";
import type NativeContext from "../config/native-context";
import TLSError from "../error";
import { limits } from "../limits";
import { notPulling, pullingForMemory, pullingLater, pullingNow } from "./pulling";
import type { PumpEvents } from "./pump-events";
import { closing, established, handshaking, waiting } from "./pump-phase";
import type Session from "./session";
import {
	hasFailed,
	hasOutput,
	isEstablished,
	isSelecting,
	peerEnded,
	readableShift,
	tookAll,
	tookSome
} from "./session-state";
import SessionWire from "./session-wire";
import { ended, give, type WireOptions } from "./wire";

const { maxSession, memoryRetry, plentyOfRoom, readSize, tellSize, writeSize } = limits;

const usual = isEstablished | tookSome | tookAll;
const usualBits = usual | hasOutput | hasFailed | peerEnded | isSelecting;

/**
 * Moves bytes between a TCP connection and a Session, with backpressure both ways: ciphertext is taken from TCP only when
 * the plaintext before it has been read, and given to TCP only as it has room.
 */
export default class Pump extends SessionWire {
	/** @param tcp a socket whose connection is taken over, or a function that makes one with these options */
	constructor(tcp: Socket | ((options: WireOptions) => Socket), events: PumpEvents) {
		super();
		this.events = events;
		this.open(tcp);
	}

	/** @internal */
	onReadable(count: number): void {
		this.available = count;
		if (this.phase === waiting) this.events.onFirstBytes?.();
		else {
			if (this.phase === handshaking) this.events.onHandshakeBytes?.();
			this.pull();
		}
	}

	/**
	 * As `pull()`, as long as all is as nearly always: records with plaintext, which their owner reads. It is what most byte codes go to.
	 * TCP's callback (wire.ts) calls it where there is nothing to be read before.
	 */
	protected pullPlainly(): void {
		this.pulling = pullingNow;
		while (this.available > 0) {
			const session = this.session as Session;
			// As `feedPiece()` does, which would be one more call.
			const available = this.available;
			const count = available < readSize ? available : readSize;
			this.available = available - count;
			const piece = this.tcp.read(count) as ArrayBuffer | undefined;
			const state = piece === undefined ? 0 : session.feed(piece, 0);
			if ((state & usualBits) !== usual) {
				if (piece !== undefined) this.keepRest(session, piece, state);
				this.notify(session, piece === undefined ? session.state : state);
				break;
			}
			const readable = state >> readableShift;
			this.readable = readable;
			if (readable > 0) {
				const user = this.user;
				if (user === undefined) this.tellReadable();
				else user.readable(readable);
				if (this.readable > 0) break;
			}
		}
		this.pulling = notPulling;
		if (this.available !== 0 || this.piece !== undefined) this.pull();
	}

	/** As `read()`; but it is `known`, of which no copy is made, if that has the same bytes. */
	readLike(count: number, known: ArrayBuffer): ArrayBuffer | undefined {
		const bytes = this.session?.readLike(count, known);
		// Most who read do so when they are told: then it goes on pulling anyway.
		if (this.pulling === pullingNow) this.readable -= count;
		else this.hasRead(count);
		return bytes;
	}

	/** Sends all of it, at most `writable`; returns the room that is left. After TCP's end it is counted as unsent. */
	write(plaintext: ArrayBuffer | ArrayBufferView): number {
		const session = this.session;
		if (session === undefined) return 0;
		if (this.available === ended) return this.writeUnsent(session, plaintext);
		const before = this.room;
		const limit = before < writeSize ? before : writeSize;
		const ciphertext = session.send(plaintext, limit);
		const sent = ciphertext === undefined ? 0 : give(this, ciphertext, before);
		let room = this.announced - sent;
		// There may be more room now, but to ask the session costs as much as the rest.
		if (sent > 0 && sent < limit && room > plentyOfRoom) this.announced = room;
		else {
			if (ciphertext === undefined) this.failLater(session);
			else if (sent === limit) this.drain(session);
			room = this.writable;
		}
		return room;
	}

	/** The same of what may be one of several parts. */
	writePart(plaintext: ArrayBuffer | ArrayBufferView, length: number): number {
		const room = this.write(plaintext);
		const promised = this.promised - length;
		this.promised = promised > room ? promised : room;
		return room;
	}

	/** @internal */
	onWritable(count: number): void {
		const before = this.room;
		this.room = count;
		if (this.phase === waiting) this.events.onConnected?.();
		else {
			// While TCP had room, nothing was left for it.
			if (before <= 0) this.flush();
			const events = this.events;
			if (this.announced >= (events.lowWater as number) && events.held === undefined) return;
			if (this.phase === established && this.writable > 0) this.events.onWritable(this.announced);
		}
	}

	/** @internal Who waits for room may read on only then, and there will be none: it is told of the end, whatever is unread. */
	onError(): void {
		this.available = ended;
		if (this.phase === waiting) this.end(new TLSError("TRUNCATED"));
		else if (this.phase === established && this.writable === 0) this.endOfInput(this.session as Session);
		else this.pull();
	}

	/** Feeds the session what TCP has, until there is plaintext to be read first. */
	protected pull(): void {
		if (this.pulling === pullingNow || this.pulling === pullingForMemory) return;
		this.pulling = pullingNow;
		let state = tookSome;
		if (this.isUntold && this.phase < closing) this.tellReadable();
		// Of the phases those of an end are the last.
		while (this.readable === 0 && !this.isEmpty && (state & tookSome) !== 0 && this.phase < closing) {
			const session = this.session as Session;
			state = this.feedPiece(session);
			this.notify(session, state);
		}
		if (this.available === ended && this.readable === 0 && this.isOpen) this.endOfInput(this.session as Session);
		this.pulling = notPulling;
		if ((state & tookSome) === 0) this.waitForMemory();
	}

	/** A long record waits for memory, and no event says that some was freed. */
	private waitForMemory(): void {
		if (this.phase !== established || this.readable > 0 || this.isEmpty) return;
		this.pulling = pullingForMemory;
		Timer.set(() => {
			this.pulling = notPulling;
			this.pull();
		}, memoryRetry);
	}

	/** Sends what the session has queued, and notifies the owner of the session's new state. */
	private notify(session: Session, state: number): void {
		if ((state & hasOutput) !== 0) this.flush();
		this.readable = state >> readableShift;
		if (this.phase !== established && !this.notifyHandshake(state)) return;
		if (this.isClient && !this.notifySession(session)) return;
		if (this.readable > 0) this.tellReadable();
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
		if (this.phase !== handshaking) return false;
		this.phase = established;
		if (this.writable > 0) this.events.onWritable(this.announced);
		return this.phase === established;
	}

	/** A client is given a session to keep. @returns `false` when the owner's callback has closed the connection */
	private notifySession(session: Session): boolean {
		if (this.events.onSession === undefined) return true;
		const kept = session.takeNewSession(maxSession);
		if (kept !== undefined) this.events.onSession(kept);
		return this.phase === established;
	}

	/** Begins the handshake. The pump frees the session. */
	start(session: Session): void {
		this.session = session;
		this.phase = handshaking;
		if (this.isClient) {
			session.step();
			this.flush();
		}
		this.pull();
	}

	/** Server, after `onClientHello`: continues the handshake with this configuration, or ends it without one. */
	selectContext(context: NativeContext | undefined): void {
		const session = this.session;
		if (this.phase !== handshaking || session === undefined) return;
		if (context === undefined) session.refuse();
		else session.use(context);
		this.notify(session, session.state);
		this.pull();
	}

	/** Exactly `count` bytes, at most `readable`. */
	read(count: number): ArrayBuffer | undefined {
		const bytes = this.session?.read(count);
		if (this.pulling === pullingNow) this.readable -= count;
		else this.hasRead(count);
		return bytes;
	}

	/**
	 * Tells the owner what can be read. A record is as long as its peer likes, and who reads all that he is told of has it in XS's heap: so that is
	 * `tellSize` at most, and what is left once that has been read. A `SocketUser` reads pieces of his own.
	 */
	tellReadable(): void {
		do {
			const readable = this.readable;
			const isLong = readable > tellSize && this.user === undefined;
			if (isLong) this.untold = readable - tellSize;
			else if (this.untold !== undefined) delete this.untold;
			this.events.onReadable(isLong ? tellSize : readable);
		} while (this.isUntold);
	}

	/** All that was told of has been read, and there is more. */
	private get isUntold(): boolean {
		const untold = this.untold;
		return untold !== undefined && this.readable > 0 && this.readable <= untold;
	}

	/** Fills as much of `buffer` as there is plaintext; returns how much. */
	readInto(buffer: ArrayBuffer | ArrayBufferView): number {
		const count = this.session?.readInto(buffer) ?? 0;
		this.hasRead(count);
		return count;
	}

	/** Where there is room for more plaintext, or more to be told of: pulls, but not within the reader's call. */
	private hasRead(count: number): void {
		this.readable -= count;
		if (this.pulling !== notPulling) return;
		if (this.readable > 0 ? !this.isUntold : this.available === 0 && this.piece === undefined) return;
		this.pulling = pullingLater;
		Promise.resolve().then(() => this.pull());
	}
}

/** That of a client. */
export class ClientPump extends Pump {
	protected override get isClient(): boolean {
		return true;
	}

	/** A session to keep may have come with what has been read. */
	protected override pullPlainly(): void {
		if (this.events.onSession === undefined) super.pullPlainly();
		else this.pull();
	}
}

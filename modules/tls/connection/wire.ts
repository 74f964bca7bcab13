import type { Socket, SocketCallbacks, SocketConstructor } from "../../io";
import { limits } from "../limits";
import { drop } from "./linger";
import { notPulling } from "./pulling";
import { established } from "./pump-phase";
import type Session from "./session";
import { tookAll } from "./session-state";

const { readSize, writeSize } = limits;

/** Receives TCP's callbacks (ECMA-419 §12). */
export interface WireOwner {
	/** `count` bytes can be taken from TCP. */
	onReadable(count: number): void;
	/** TCP has room for `count` bytes. */
	onWritable(count: number): void;
	/** TCP has ended, in order or not. */
	onError(): void;
}

// What these owners have not is undefined, and is like nothing that is looked for.

/** One that pulls what has come. */
interface Pulling extends WireOwner {
	available: number;
	readonly pulling: number;
	readonly phase: number;
	readonly readable: number;
	readonly piece: ArrayBuffer | undefined;
	pullPlainly(): void;
}

/** One that need not be told of room that nobody waits for. */
interface QuietOwner extends WireOwner {
	room: number;
	readonly announced: number;
	readonly events: { readonly lowWater?: number; readonly held?: unknown };
}

/** Options that a TCP socket of a wire is made with. */
export type WireOptions = SocketCallbacks<Socket> & { target: unknown };

// One function for all wires: closures for each would be a good part of a connection's memory.
function onReadable(this: Socket, count: number): void {
	const owner = this.target as Pulling;
	// One after the other: to join them by `&&` costs more.
	if (owner.pulling !== notPulling) owner.onReadable(count);
	else if (owner.phase !== established) owner.onReadable(count);
	else if (owner.readable !== 0) owner.onReadable(count);
	else if (owner.piece !== undefined) owner.onReadable(count);
	else {
		// Nearly always nothing was there before: to tell the owner would be one more call.
		owner.available = count;
		owner.pullPlainly();
	}
}

function onWritable(this: Socket, count: number): void {
	const owner = this.target as QuietOwner;
	// Nearly always there was room, and nobody waits for more: to tell the owner would be one more call.
	if (owner.room > 0) {
		const events = owner.events;
		// Without a mark it is told each time: nothing compares with `undefined`.
		if (owner.announced >= (events.lowWater as number) && events.held === undefined) {
			owner.room = count;
			return;
		}
	}
	owner.onWritable(count);
}

function onError(this: Socket): void {
	(this.target as WireOwner).onError();
}

/** `available` of a wire whose TCP has ended: nothing more is taken from it or given to it. */
export const ended = -1;

/**
 * Carries ciphertext between TCP and a session. At most one piece is taken from TCP and not yet fed to the session. A pump
 * is one, rather than that it has one, since a connection lives as long as either, and each object takes memory.
 */
export default abstract class Wire implements WireOwner {
	// The busiest first, for XS looks for them so. No fields of `#`: a class with such has one slot more for each object.
	/** Bytes that can be taken from TCP, or `ended`. */
	available = 0;
	/** Bytes that TCP has room for. */
	room = 0;
	tcp!: Socket;
	protected piece: ArrayBuffer | undefined;
	/** How much of the piece was fed. Absent until one was not fed whole. */
	declare private offset: number | undefined;

	abstract onReadable(count: number): void;
	abstract onWritable(count: number): void;
	abstract onError(): void;

	/** @param tcp a socket whose connection is taken over, or what makes one with these options */
	protected open(tcp: Socket | ((options: WireOptions) => Socket)): void {
		if (typeof tcp === "function") {
			this.tcp = tcp({ target: this, onReadable, onWritable, onError });
			return;
		}
		const TCP = tcp.constructor as SocketConstructor;
		this.tcp = new TCP({ from: tcp, nodelay: true, target: this, onReadable, onWritable, onError });
	}

	/** There is nothing to feed. */
	get isEmpty(): boolean {
		return this.available <= 0 && this.piece === undefined;
	}

	/** Feeds the next piece; not to be called while `isEmpty`. @returns the session's state, as `Session.feed()` does */
	feedPiece(session: Session): number {
		if (this.piece !== undefined) return this.feedRest(session, this.piece);
		const available = this.available;
		const count = available < readSize ? available : readSize;
		this.available = available - count;
		const piece = this.tcp.read(count) as ArrayBuffer | undefined;
		if (piece === undefined) return session.state;
		const state = session.feed(piece, 0);
		this.keepRest(session, piece, state);
		return state;
	}

	/** What the session has not taken of a piece is fed to it later. */
	protected keepRest(session: Session, piece: ArrayBuffer, state: number): void {
		if ((state & tookAll) !== 0) return;
		this.piece = piece;
		this.offset = session.taken;
	}

	private feedRest(session: Session, piece: ArrayBuffer): number {
		const offset = this.offset ?? 0;
		const state = session.feed(piece, offset);
		if ((state & tookAll) !== 0) this.piece = undefined;
		else this.offset = offset + session.taken;
		return state;
	}

	/** Drops what was not fed. TCP that is closed over unread bytes resets the connection, and a reset may cost the peer what it has not read. */
	discard(): void {
		drop(this.tcp, this.available);
		if (this.available > 0) this.available = 0;
		this.piece = undefined;
	}

	/** Gives TCP as much as it has room for. What the session still has then waits for room. */
	drain(session: Session): void {
		while (this.room > 0) {
			const limit = this.room < writeSize ? this.room : writeSize;
			const ciphertext = session.drain(limit);
			if (ciphertext === undefined) return;
			if (give(this, ciphertext, this.room) < limit) return;
		}
	}
}

/**
 * Gives TCP ciphertext. The SDK's TCP throws once its peer has left and bytes are still unread, before it calls `onError`: there
 * is no room then. A function, for XS would look for a method along all those of a pump.
 * @param room bytes that there are
 * @returns how many bytes were given
 */
export const give = (wire: Pick<Wire, "room" | "tcp">, ciphertext: ArrayBuffer, room: number): number => {
	const count = ciphertext.byteLength;
	wire.room = room - count;
	try {
		if (count > 0) wire.tcp.write(ciphertext);
	} catch {
		wire.room = 0;
	}
	return count;
};

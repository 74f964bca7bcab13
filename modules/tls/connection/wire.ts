import type { Bytes, Socket, SocketCallbacks, SocketConstructor } from "../../io";
import { limits } from "../limits";
import type Session from "./session";
import { tookAll } from "./session-state";

const { readSize, writeSize } = limits;

/** Whom TCP tells. */
export interface WireOwner {
	/** TCP has `count` bytes. */
	receive(count: number): void;
	/** TCP takes `count` bytes. */
	makeRoom(count: number): void;
	/** TCP has ended. */
	lose(): void;
}

/** The options of a TCP socket that is to be a wire. */
export type WiredOptions = SocketCallbacks<Socket> & { target: unknown };

// The same for all wires: closures of its own would be a good part of what a connection costs.
function onReadable(this: Socket, count: number): void {
	(this.target as WireOwner).receive(count);
}

function onWritable(this: Socket, count: number): void {
	(this.target as WireOwner).makeRoom(count);
}

function onError(this: Socket): void {
	(this.target as WireOwner).lose();
}

/** Ciphertext between TCP and a session: at most one piece is taken from TCP and not yet fed. */
export default class Wire {
	/** Bytes that TCP has room for. */
	room = 0;
	/** Ciphertext waits for room. */
	isStuck = false;
	readonly tcp: Socket;
	/** Bytes that TCP has announced and that were not taken. */
	#announced = 0;
	#piece: ArrayBuffer | undefined;
	/** Where in the piece the session goes on. */
	#offset = 0;
	#remoteAddress: string | undefined;

	/** @param tcp a socket whose connection is taken over, or what makes one with these options */
	constructor(tcp: Socket | ((options: WiredOptions) => Socket), owner: WireOwner) {
		if (typeof tcp === "function") {
			this.tcp = tcp({ target: owner, onReadable, onWritable, onError });
			return;
		}
		const TCP = tcp.constructor as SocketConstructor;
		this.tcp = new TCP({ from: tcp, nodelay: true, target: owner, onReadable, onWritable, onError });
	}

	get remoteAddress(): string | undefined {
		this.#remoteAddress ??= this.tcp.remoteAddress;
		return this.#remoteAddress;
	}

	/** TCP has that many bytes. */
	announce(count: number): void {
		this.#announced = count;
	}

	/** Nothing waits to be fed. */
	get isEmpty(): boolean {
		return this.#piece === undefined && this.#announced === 0;
	}

	/** Feeds what is at hand, of which there is some; returns where the session is then, as `Session.feed()`. */
	feed(session: Session): number {
		if (this.#piece === undefined) {
			const count = this.#announced < readSize ? this.#announced : readSize;
			this.#announced -= count;
			this.#offset = 0;
			this.#piece = this.tcp.read(count) as ArrayBuffer | undefined;
			if (this.#piece === undefined) return session.state;
		}
		const state = session.feed(this.#piece, this.#offset);
		if ((state & tookAll) !== 0) this.#piece = undefined;
		else this.#offset += session.taken;
		return state;
	}

	/** TCP that is closed over unread bytes resets the connection, and the peer may lose our last words by that. */
	discard(): void {
		if (this.#announced > 0) this.tcp.read(this.#announced);
		this.#announced = 0;
		this.#piece = undefined;
	}

	/** Encrypts all of `plaintext` and gives TCP as much as it has room for. False when the session has failed. */
	send(session: Session, plaintext: Bytes): boolean {
		const limit = this.room < writeSize ? this.room : writeSize;
		const ciphertext = session.send(plaintext, limit);
		if (ciphertext === undefined) return false;
		if (ciphertext.byteLength > 0) this.give(ciphertext);
		if (ciphertext.byteLength < limit) this.isStuck = this.room === 0;
		else this.drain(session);
		return true;
	}

	/** Gives TCP as much as it has room for. */
	drain(session: Session): void {
		while (this.room > 0) {
			const limit = this.room < writeSize ? this.room : writeSize;
			const ciphertext = session.drain(limit);
			if (ciphertext !== undefined) this.give(ciphertext);
			if ((ciphertext?.byteLength ?? 0) < limit) {
				this.isStuck = this.room === 0;
				return;
			}
		}
		this.isStuck = session.pending > 0;
	}

	/** The SDK's TCP throws when its peer has left and that can't be told yet, for there is more to read: it has no room. */
	private give(ciphertext: ArrayBuffer): void {
		this.room -= ciphertext.byteLength;
		try {
			this.tcp.write(ciphertext);
		} catch {
			this.room = 0;
		}
	}
}

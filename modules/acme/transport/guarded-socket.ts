// What the SDK's HTTP client has in the place of a TLSSocket. That client keeps a line for as long as it grows, throws where
// an answer makes no sense, and, where bytes stand behind a chunk, goes on in a timer of its own, where nobody could catch
// what it throws. So it is given one line of a head at once, as far as there is room for it, or the bytes of one chunk, and
// what it throws is caught here.

import type { Socket } from "../../io";
import ACMEError from "../error";
import { limits } from "../limits";

/** Bytes that are taken out of TLS at once. */
const pieceSize = 512;
const lineFeed = 10;

/** Options as the SDK's client gives them. */
interface GuardedSocketOptions {
	readonly guard: Guard;
	readonly address: string;
	onReadable(count: number): void;
	onWritable(count: number): void;
	onError(): void;
}

/** What a socket has to know of the request that it serves, and tells of its end. */
export interface Guard {
	/** Connects by TLS; what comes of it is told to the socket. */
	connect(address: string, socket: GuardedSocket): Socket;
	/** The head of the answer has been read. */
	readonly hasHead: boolean;
	/** Its content comes in chunks. */
	readonly isChunked: boolean;
	/** Whether there is room for the rest of a head that is longer than usual. */
	hasRoomForHead(bytes: number, fields: number): boolean;
	/** The same for so many bytes of content. */
	hasRoomFor(count: number): boolean;
	/** Calls `look` later, when there may be. @throws {ACMEError} `MEMORY` */
	lookAgain(look: () => void): void;
	/** The connection has ended, and this is why. */
	lose(error: unknown): void;
	/** Ends the request. */
	fail(error: unknown): void;
}

/** The length that a line before a chunk says; 0 when it says none. */
const chunkLength = (line: string): number => {
	const length = Number.parseInt(line, 16);
	return length > 0 ? length : 0;
};

export default class GuardedSocket {
	format = "buffer";
	readonly #options: GuardedSocketOptions;
	readonly #socket: Socket;
	/** Bytes that TLS has. */
	#available = 0;
	/** Bytes out of TLS that the client has not taken. */
	#piece = new Uint8Array(0);
	#at = 0;
	/** Bytes of the present head that have been taken. */
	#head = 0;
	/** Lines of it that have been taken. */
	#lines = 0;
	/** What has been taken of the line before a chunk. */
	#line = "";
	/** Bytes of the present chunk that are still to come. */
	#chunk = 0;
	#isClosed = false;
	/** Whether what has come waits for room. */
	#isWaiting = false;
	/** The end of the connection, which waits with it. */
	#end: { readonly error: Error | undefined } | undefined;

	constructor(options: GuardedSocketOptions) {
		this.#options = options;
		this.#socket = options.guard.connect(options.address, this);
	}

	/** TLS has so many bytes. */
	onReadable(count: number): void {
		this.#available = count;
		this.try(() => this.deliver());
	}

	onWritable(count: number): void {
		this.try(() => this.#options.onWritable(count));
	}

	/** The end of the connection. */
	onError(error?: Error): void {
		if (this.#isClosed) return;
		if (this.#isWaiting) {
			this.#end = { error };
			return;
		}
		const { guard, onError } = this.#options;
		const reason = error ?? new ACMEError("UNREACHABLE", "The CA has closed the connection");
		guard.lose(reason);
		// The client may have an answer that it has not told of. It drops why the connection has ended.
		this.try(() => onError());
		guard.fail(reason);
	}

	/** As the SDK's client asks: a byte with format `"number"`, else so many bytes. */
	read(count: number): number | ArrayBuffer | undefined {
		if (this.#at === this.#piece.length) return undefined;
		if (this.format === "number") return this.readByte();
		const bytes = this.#piece.slice(this.#at, this.#at + count);
		this.#at += bytes.length;
		this.#chunk -= bytes.length;
		return bytes.buffer;
	}

	write(bytes: ArrayBuffer, options?: { more?: boolean }): number | undefined {
		return (this.#socket as { write(bytes: ArrayBuffer, options?: object): number }).write(bytes, options);
	}

	close(): void {
		this.#isClosed = true;
		this.#socket.close();
	}

	private readByte(): number {
		const byte = this.#piece[this.#at++] as number;
		const { hasHead, isChunked } = this.#options.guard;
		if (!hasHead) {
			this.#head++;
			if (byte === lineFeed) this.#lines++;
		} else if (isChunked && byte !== lineFeed) this.#line += String.fromCharCode(byte);
		else if (isChunked) {
			this.#chunk = chunkLength(this.#line);
			this.#line = "";
		}
		return byte;
	}

	/** Hands on what TLS has, piece by piece, for as long as the client takes it and there is room for it. */
	private deliver(): void {
		while (!this.#isClosed && !this.#isWaiting && this.refill()) {
			if (!this.hasRoom) {
				this.#isWaiting = true;
				this.#options.guard.lookAgain(() => this.resume());
				return;
			}
			const before = this.#at;
			this.#options.onReadable(this.permitted(this.#piece.length - before));
			if (this.#at === before) return;
		}
	}

	private resume(): void {
		this.#isWaiting = false;
		this.try(() => this.deliver());
		if (this.#end !== undefined) this.onError(this.#end.error);
	}

	private get hasRoom(): boolean {
		const { guard } = this.#options;
		const count = this.#piece.length - this.#at;
		if (guard.hasHead) return guard.hasRoomFor(guard.isChunked ? Math.min(count, this.#chunk) : count);
		// The status line, the fields, and the empty line.
		if (this.#head <= limits.usualHead && this.#lines <= limits.usualFields) return true;
		return guard.hasRoomForHead(limits.maxHead - this.#head, limits.maxFields - this.#lines);
	}

	private refill(): boolean {
		if (this.#at < this.#piece.length) return true;
		if (this.#available === 0) return false;
		const count = Math.min(this.#available, pieceSize);
		this.#available -= count;
		this.#piece = new Uint8Array(this.#socket.read(count) as ArrayBuffer);
		this.#at = 0;
		return true;
	}

	/** How many of `count` bytes the client may have now. @throws {ACMEError} `ANSWER_SIZE` */
	private permitted(count: number): number {
		const { hasHead, isChunked } = this.#options.guard;
		// The status line, the fields, and the empty line.
		if (!hasHead) return this.lineWithin(this.#lines < limits.maxFields + 2 ? limits.maxHead - this.#head : 0);
		if (!isChunked) return count;
		if (this.#chunk > 0) return Math.min(count, this.#chunk);
		return this.lineWithin(limits.maxToken - this.#line.length);
	}

	/** Bytes up to the end of the line, if they are no more than `most`. */
	private lineWithin(most: number): number {
		const end = this.#piece.indexOf(lineFeed, this.#at);
		const count = (end < 0 ? this.#piece.length : end + 1) - this.#at;
		if (count > most) throw new ACMEError("ANSWER_SIZE", "The CA's answer has too long a head, or line");
		return count;
	}

	/** A new answer begins. */
	restart(): void {
		this.#head = this.#lines = 0;
		this.#line = "";
		this.#chunk = 0;
	}

	private try(call: () => void): void {
		try {
			call();
		} catch (error) {
			this.#options.guard.fail(error);
		}
	}
}

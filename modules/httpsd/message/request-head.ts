import { asciiText } from "text/ascii";
import { decodeText } from "text/utf8";
import Headers from "../headers";
import HttpError from "../http-error";
import type { Limits } from "../limits";
import { linesText } from "./field-text";
import { type Framing, framingOf } from "./framing";
import { parseRequestLine, type RequestLine } from "./request-line";

// Where a head ends is found in one of two ways. When all that has come is US-ASCII, as it nearly always is, it becomes
// one text, and the empty line is looked for in that. Otherwise (a body of bytes behind the head, a head that comes in
// pieces, obs-text) the line ends are looked for in the bytes, and the head becomes text when it is whole.
//
// Clients repeat their field lines, and often all of a head. So the connection's last head is kept, and what has the same
// text is not parsed again: all of the head, all field lines, or single ones.

/** The head of a request, in the three parts that are parsed one after the other. */
export interface RequestHead {
	readonly line: RequestLine;
	readonly framing: Framing;
	readonly headers: Headers;
}

type HeadLimits = Pick<Limits, "maxRequestLine" | "maxHeadBytes" | "maxHeaderCount" | "maxEmptyLines" | "maxKeptHead">;

/** A head and the text that it was parsed from, with the empty line at its end. */
interface Parsed {
	readonly text: string;
	readonly head: RequestHead;
}

/** What a head asks of its connection's account. */
export interface HeadRoom {
	/** Bytes that are there for the head that is being parsed, and need not be asked for. */
	readonly reserve: number;
	/** @returns whether there is room, or others have given some back. */
	take(bytes: number): boolean;
	/** The same, but nobody gives anything back for it. */
	takeNow(bytes: number): boolean;
	force(bytes: number): void;
}

/** Bytes that a long head takes for each byte of its text, and for each field line, while it is parsed. */
const parsing = Object.freeze({ byte: 4, line: 96 } as const);
/** Bytes that a head holds behind that, beside its text: objects, and each field line. */
const parsed = Object.freeze({ objects: 448, line: 48 } as const);

const end = "\r\n\r\n";
const CR = 13;
const LF = 10;

/** Cuts request heads (RFC 9112 §2 to §6) out of a byte stream that comes in pieces of any size. */
export default class RequestHeadReader {
	readonly #limits: HeadLimits;
	readonly #room: HeadRoom;
	/** Bytes that the last head holds, as long as it is kept or its request is answered. */
	#held = 0;
	/** A head that there is no room to parse. */
	#waiting: { readonly text: string; readonly size: number } | undefined;
	#last: Parsed | undefined;
	#pending: ArrayBuffer | undefined;
	/** Where the current line starts in the pending bytes. */
	#line = 0;
	/** Where the request line starts, behind empty lines. */
	#start = 0;
	/** Where the field lines start; 0 until the request line has ended. */
	#fields = 0;
	#emptyLines = 0;

	/** Bytes that came behind the last head; `undefined` when there are none. */
	rest: ArrayBuffer | undefined;
	/** Bytes of memory that are needed before `resume()` can parse a head that has come; 0 when none waits. */
	needs = 0;

	constructor(limits: HeadLimits, room: HeadRoom) {
		this.#limits = limits;
		this.#room = room;
	}

	/** Whether a part of a head is held. */
	get started(): boolean {
		return this.#pending !== undefined;
	}

	/**
	 * Takes a piece of the stream.
	 * @returns the head when it is complete and has been parsed. Then, or when it `needs` room, `rest` holds what came behind it.
	 * @throws {HttpError} 400, 413, 414, 417, 431, 501 or 505; the connection is of no further use then.
	 */
	push(bytes: ArrayBuffer): RequestHead | undefined {
		this.rest = undefined;
		if (this.#pending === undefined) {
			const text = asciiText(bytes);
			if (text !== undefined) {
				if (text === this.#last?.text) {
					this.#emptyLines = 0;
					return this.#last.head;
				}
				const at = text.indexOf(end);
				if (at > 0 && !text.startsWith("\r\n")) return this.cutText(text, at + end.length, bytes);
			}
			this.#pending = bytes;
		} else {
			this.#pending = this.#pending.concat(bytes);
		}
		this.#room.force(bytes.byteLength);
		return this.scan(this.#pending);
	}

	/** Parses the head that needed room. Returns and throws as `push()` does. */
	resume(): RequestHead | undefined {
		const { text, size } = this.#waiting as { text: string; size: number };
		return this.parse(text, size);
	}

	private cutText(text: string, length: number, bytes: ArrayBuffer): RequestHead | undefined {
		const first = text.indexOf("\r\n");
		if (first > this.#limits.maxRequestLine) throw tooLongLine();
		if (length - end.length - first > this.#limits.maxHeadBytes) throw tooLargeHead();
		if (length === bytes.byteLength) return this.parse(text);
		this.rest = bytes.slice(length);
		return this.parse(text.slice(0, length));
	}

	private scan(bytes: ArrayBuffer): RequestHead | undefined {
		const view = new Uint8Array(bytes);
		for (let lf = view.indexOf(LF, this.#line); lf >= 0; lf = view.indexOf(LF, this.#line)) {
			if (lf === 0 || view[lf - 1] !== CR) throw new HttpError(400, "BARE_LF", "Line ends without CR");
			const empty = lf - 1 === this.#line;
			this.#line = lf + 1;
			if (!empty) this.endLine();
			else if (this.#fields > 0) return this.cutBytes(bytes);
			else this.skipEmpty();
		}
		if (this.#start === view.byteLength) this.reset();
		else this.checkPartial(view.byteLength);
		return undefined;
	}

	private endLine(): void {
		if (this.#fields > 0) {
			if (this.#line - this.#fields > this.#limits.maxHeadBytes) throw tooLargeHead();
			return;
		}
		this.#fields = this.#line;
		if (this.#line - 2 - this.#start > this.#limits.maxRequestLine) throw tooLongLine();
	}

	private skipEmpty(): void {
		this.#start = this.#line;
		if (++this.#emptyLines > this.#limits.maxEmptyLines)
			throw new HttpError(400, "EMPTY_LINES", "Request begins with empty lines");
	}

	private checkPartial(length: number): void {
		const { maxRequestLine, maxHeadBytes } = this.#limits;
		if (this.#fields === 0) {
			if (length - this.#start > maxRequestLine + 1) throw tooLongLine();
		} else if (length - this.#fields > maxHeadBytes + 1) throw tooLargeHead();
	}

	private cutBytes(bytes: ArrayBuffer): RequestHead | undefined {
		if (this.#line < bytes.byteLength) this.rest = bytes.slice(this.#line);
		const head = bytes.slice(this.#start, this.#line);
		const text = decodeText(head);
		this.reset();
		if (text !== undefined) return this.parse(text, head.byteLength);
		return this.parse(linesText(head, this.#limits.maxHeaderCount + 1), 2 * head.byteLength);
	}

	/** The request has been answered: what is not kept of its head is given back. */
	endRequest(): void {
		if (this.#last === undefined && this.#held > 0) this.forget();
	}

	/** Keeps the last head no longer. */
	forget(): void {
		this.#last = undefined;
		this.hold(0);
	}

	/** The connection has closed. */
	close(): void {
		this.forget();
		this.reset();
	}

	private hold(bytes: number): void {
		this.#room.force(bytes - this.#held);
		this.#held = bytes;
	}

	private reset(): void {
		this.#room.force(-(this.#pending?.byteLength ?? 0));
		this.#pending = undefined;
		this.#line = this.#start = this.#fields = 0;
	}

	/** @param size bytes that XS holds the text in, at most. */
	private parse(text: string, size: number = text.length): RequestHead | undefined {
		this.#emptyLines = 0;
		const last = this.#last;
		if (text === last?.text) return last.head;
		const isLong = size - end.length > this.#limits.maxKeptHead;
		if (isLong && !this.takeRoom(text, size)) return undefined;
		const head = this.parseText(text);
		const held = size + head.headers.size * parsed.line + parsed.objects;
		const kept = held + size;
		if (!isLong && (kept === this.#held || this.#room.takeNow(kept - this.#held))) {
			this.#last = { text, head };
			this.#held = kept;
		} else {
			this.#last = undefined;
			this.hold(held);
		}
		return head;
	}

	/** @returns whether there is room to parse a long head. What was taken for it is held until it has been parsed. */
	private takeRoom(text: string, size: number): boolean {
		const bytes = size * parsing.byte + countLines(text, this.#limits.maxHeaderCount) * parsing.line;
		const needs = bytes - this.#room.reserve - this.#held;
		const hasRoom = needs <= 0 || this.#room.take(needs);
		if (hasRoom && needs > 0) this.#held += needs;
		this.needs = hasRoom ? 0 : needs;
		this.#waiting = hasRoom ? undefined : { text, size };
		return hasRoom;
	}

	private parseText(text: string): RequestHead {
		const first = text.indexOf("\r\n");
		const line = parseRequestLine(text.slice(0, first));
		const headers = this.parseHeaders(fieldsOf(text, first));
		return { line, headers, framing: this.framingOf(line, headers) };
	}

	/** The last head's, where all is the same that it depends on. */
	private framingOf(line: RequestLine, headers: Headers): Framing {
		const last = this.#last?.head;
		if (headers === last?.headers && line.minor === last.line.minor && line.authority === last.line.authority)
			return last.framing;
		return framingOf(line, headers);
	}

	private parseHeaders(fields: string): Headers {
		const last = this.#last;
		const known = last && fieldsOf(last.text, last.text.indexOf("\r\n"));
		if (fields === known) return (last as Parsed).head.headers;
		// Bounded: a line of one byte takes forty, and a client may send nothing else.
		const lines = fields.split("\r\n", this.#limits.maxHeaderCount + 2);
		if (lines.length - 1 > this.#limits.maxHeaderCount)
			throw new HttpError(431, "HEADER_COUNT", "Request has too many field lines");
		return Headers.parse(lines, 1, known?.split("\r\n"), last?.head.headers);
	}
}

/** The field lines of a head, each behind its CRLF. @param first length of the request line. */
function fieldsOf(text: string, first: number): string {
	return text.slice(first, -end.length);
}

/** How many lines a head has, as far as `max`. */
function countLines(text: string, max: number): number {
	let count = 0;
	for (let at = text.indexOf("\r\n"); at >= 0 && count < max; at = text.indexOf("\r\n", at + 2)) count++;
	return count;
}

function tooLongLine(): HttpError {
	return new HttpError(414, "REQUEST_LINE_SIZE", "Request line is over the limit");
}

function tooLargeHead(): HttpError {
	return new HttpError(431, "HEAD_SIZE", "Request head is over the limit");
}

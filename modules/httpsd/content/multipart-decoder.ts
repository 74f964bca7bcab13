import { asciiText, isPrintable, isSpace } from "text/ascii";
import { decodeText, mostBytes } from "text/utf8";
import { decodeWindows1252, windows1252Room } from "text/windows-1252";
import Headers from "../headers";
import HttpError from "../http-error";
import { formLimits } from "../limits";

/** Of a multipart body: the head of a part, then its content piece by piece, then the head of the next. */
export type MultipartEvent = { readonly head: Headers } | { readonly content: ArrayBuffer };

/**
 * What the next byte belongs to. The body is read as if CRLF came before it, so that the first delimiter is like the
 * others. The preamble is what comes before that, and is ignored (RFC 2046 §5.1.1).
 */
type State = "preamble" | "delimiter" | "head" | "content" | "epilogue";

const CR = 13;
const LF = 10;
const dashes = 0x2d;
/** Characters of a boundary (RFC 2046 §5.1.1). */
const maxBoundary = 70;
/** Bytes of a line of a head that is decoded without a question. */
const shortLine = 64;
/** Bytes that a line takes for each of its own until it is a text without its end, and a head for each that its lines take as texts. */
const rooms = Object.freeze({ line: windows1252Room + 4, head: 7 } as const);

/** Whom it asks before it makes the texts of a head. */
interface Room {
	/** @throws {HttpError} 503 when XS has not so many bytes now, which are needed for a moment. */
	need(bytes: number): unknown;
}

/** Takes a `multipart/form-data` body (RFC 2046 §5.1, RFC 7578) apart that comes in pieces of any size. */
export default class MultipartDecoder {
	readonly #delimiter: Uint8Array;
	readonly #room: Room;
	#state: State = "preamble";
	/** What has come and has not been taken apart, from `#at` on. */
	#whole: ArrayBuffer;
	#at = 0;
	#event: MultipartEvent | undefined;
	#lines: string[] = [];
	#headBytes = 0;
	#parts = 0;
	/** Bytes that were compared with the delimiter, in all. */
	compared = 0;

	/** @throws {HttpError} 400 when the boundary is not 1 to 70 visible characters, with spaces between them or not. */
	constructor(boundary: string | undefined, room: Room) {
		if (boundary === undefined || !isBoundary(boundary))
			throw new HttpError(400, "BOUNDARY", "Multipart content has no boundary, or a bad one");
		this.#delimiter = new Uint8Array(ArrayBuffer.fromString(`\r\n--${boundary}`));
		this.#whole = ArrayBuffer.fromString("\r\n");
		this.#room = room;
	}

	/** Whether the last part has ended. What comes behind it is ignored. */
	get done(): boolean {
		return this.#state === "epilogue";
	}

	/** Takes a piece of the body. */
	push(bytes: ArrayBuffer): void {
		const left = this.#whole.byteLength - this.#at;
		this.#whole = left === 0 ? bytes : this.#whole.slice(this.#at).concat(bytes);
		this.#at = 0;
	}

	/**
	 * What comes next in the pieces that were taken; `undefined` when more must come first, or the last part has ended. One at a
	 * time: nine bytes can be a part, and its head takes a hundred.
	 * @throws {HttpError} 400, or 413 when a part's head or the number of parts is over its limit.
	 */
	next(): MultipartEvent | undefined {
		const view = new Uint8Array(this.#whole);
		this.#event = undefined;
		for (let isMoving = true; isMoving && this.#event === undefined && !this.done; ) {
			const at = this.#at;
			const state = this.#state;
			this.#at = this.step(this.#whole, view, at);
			isMoving = this.#at > at || this.#state !== state;
		}
		const event = this.#event;
		this.#event = undefined;
		return event;
	}

	/** @returns where the next step begins; the same place when more must come first. */
	private step(whole: ArrayBuffer, view: Uint8Array, at: number): number {
		switch (this.#state) {
			case "preamble":
			case "content":
				return this.content(whole, view, at);
			case "delimiter":
				return this.behindDelimiter(whole, view, at);
			case "head":
				return this.headLine(whole, view, at);
			case "epilogue":
				return at;
		}
	}

	private content(whole: ArrayBuffer, view: Uint8Array, at: number): number {
		const end = this.findDelimiter(view, at);
		if (end > at && this.#state === "content") this.#event = { content: whole.slice(at, end) };
		if (end + this.#delimiter.length > view.length) return end;
		this.#state = "delimiter";
		return end + this.#delimiter.length;
	}

	/** Where a delimiter begins, or what has come ends with the start of one; the end when there is none. */
	private findDelimiter(view: Uint8Array, from: number): number {
		const delimiter = this.#delimiter;
		const whole = delimiter.length;
		const end = view.length;
		for (let cr = view.indexOf(CR, from); cr >= 0; cr = view.indexOf(CR, cr + 1)) {
			const length = whole < end - cr ? whole : end - cr;
			let same = 1;
			while (same < length && view[cr + same] === delimiter[same]) same++;
			this.compared += same;
			if (same === length) return cr;
		}
		return end;
	}

	private behindDelimiter(whole: ArrayBuffer, view: Uint8Array, at: number): number {
		if (view[at] === dashes && (at + 1 === view.length || view[at + 1] === dashes)) {
			if (at + 1 === view.length) return at;
			this.#state = "epilogue";
			return view.length;
		}
		const end = view.indexOf(LF, at) + 1;
		if ((end === 0 ? view.length : end) - at > formLimits.maxPartHead) throw malformed();
		if (end === 0) return at;
		if (!isPadding(asciiText(whole.slice(at, end)))) throw malformed();
		if (++this.#parts > formLimits.maxParts)
			throw new HttpError(413, "PART_COUNT", "Multipart content has too many parts");
		this.#state = "head";
		this.#headBytes = 0;
		return end;
	}

	private headLine(whole: ArrayBuffer, view: Uint8Array, at: number): number {
		const end = view.indexOf(LF, at) + 1;
		const length = (end === 0 ? view.length : end) - at;
		if (this.#headBytes + length > formLimits.maxPartHead || this.#lines.length > formLimits.maxPartLines)
			throw new HttpError(413, "PART_HEAD", "Head of a part is over the limit");
		if (end === 0) return at;
		this.#headBytes += length;
		const bytes = whole.slice(at, end);
		if (length > shortLine) this.#room.need(rooms.line * length);
		// What is not UTF-8 was written on a page in an older charset: the form is none the worse for it.
		const line = decodeText(bytes) ?? decodeWindows1252(bytes);
		if (!line.endsWith("\r\n")) throw malformed();
		if (line !== "\r\n") this.#lines.push(line.slice(0, -2));
		else {
			this.#event = { head: this.parseHead() };
			this.#lines = [];
			this.#state = "content";
		}
		return end;
	}

	/** A name and a filename may be nearly all of it, and are taken apart next. */
	private parseHead(): Headers {
		let bytes = 0;
		for (const line of this.#lines) bytes += mostBytes(line);
		if (bytes > shortLine) this.#room.need(rooms.head * bytes);
		return Headers.parse(this.#lines, 0);
	}
}

/** RFC 2046 §5.1.1, but for the characters, of which clients choose more. */
const isBoundary = (text: string): boolean => {
	return text !== "" && text.length <= maxBoundary && isPrintable(text) && !text.endsWith(" ");
};

/** Whether a line behind a delimiter has nothing but spaces. */
const isPadding = (line: string | undefined): boolean => {
	return line?.endsWith("\r\n") === true && isSpace(line.slice(0, -2));
};

const malformed = (): HttpError => {
	return new HttpError(400, "MULTIPART", "Multipart content is malformed");
};

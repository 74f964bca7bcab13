import { asciiText } from "text/ascii";
import { decodeText } from "text/utf8";
import Headers from "../headers";
import { noRoomNow } from "../heap/no-room";
import HttpError from "../http-error";
import { linesRoom, linesText } from "./field-text";
import { type Framing, framingOf } from "./framing";
import { costOfLine, costOfObjects, countLines, freeLines, isLong } from "./head-room";
import KeptHead, { endLength, type HeadReaderOwner, type RequestHead } from "./kept-head";
import NativeHead, { alone, aloneBits, lengthBits, linesOf, readHead } from "./native-head";
import PartialHead, { tooLargeHead, tooLongLine } from "./partial-head";
import { parseRequestLine, type RequestLine } from "./request-line";

// Where a head ends is found in one of two ways. When all that has come is US-ASCII, as it nearly always is, it becomes
// one text, and the empty line is looked for in that. Otherwise (a body of bytes behind the head, a head that comes in
// pieces, obs-text) the line ends are looked for in the bytes, and the head becomes text when it is whole.

const end = "\r\n\r\n";

type MutableHead = { -readonly [Name in keyof RequestHead]: RequestHead[Name] };

/** Cuts request heads (RFC 9112 §2 to §6) out of a byte stream that comes in pieces of any size. */
export default class RequestHeadReader<Owner extends HeadReaderOwner = HeadReaderOwner> extends KeptHead<Owner> {
	/** While a head has come in part, or waits, or bytes have come behind it. */
	partial: PartialHead | undefined;

	/** The head that is all that has come, of a request without content, as nearly always: `push()` for it, which would be two calls more. */
	protected pushAlone(bytes: ArrayBuffer, found: number): RequestHead | undefined {
		const size = found & lengthBits;
		const lines = linesOf(found);
		if ((found & aloneBits) !== alone || size > this.owner.limits.maxKeptHead || lines > freeLines) return undefined;
		const head = new NativeHead(bytes, found);
		if (2 * size + lines * costOfLine + costOfObjects !== this.held) return this.keep(head, size, lines);
		this.last = head;
		return head;
	}

	/** Whether a part of a head is held. */
	get started(): boolean {
		return this.partial?.bytes !== undefined;
	}

	/** Bytes that came behind the last head; `undefined` when there are none. */
	get rest(): ArrayBuffer | undefined {
		return this.partial?.rest;
	}

	/** Bytes of memory that are needed before `resume()` can parse a head that has come; 0 when none waits. */
	get needs(): number {
		return this.partial?.needs ?? 0;
	}

	/**
	 * Takes a piece of the stream.
	 * @param read what `readHead()` says of it, if it has been asked.
	 * @returns the head when it is complete and has been parsed. Then, or when it `needs` room, `rest` holds what came behind it.
	 * @throws {HttpError} 400, 413, 414, 417, 431, 501 or 505; the connection is of no further use then.
	 */
	push(bytes: ArrayBuffer, read?: number): RequestHead | undefined {
		const begun = this.partial;
		if (begun === undefined || begun.bytes === undefined) {
			const last = this.last;
			if (bytes === last?.bytes) {
				this.partial = undefined;
				return last;
			}
			const limits = this.owner.limits;
			const found = read ?? readHead(bytes, limits.maxRequestLine, limits.maxHeadBytes, limits.maxHeaderCount);
			if (found !== 0) {
				const size = found & lengthBits;
				const lines = linesOf(found);
				if (!isLong(size - endLength, lines, limits) || this.hasRoom(size, lines))
					return this.cutNative(found, size, bytes);
			}
			const text = asciiText(bytes);
			if (text !== undefined) {
				if (text === last?.text) {
					this.partial = undefined;
					return last;
				}
				const at = text.indexOf(end);
				if (at > 0 && !text.startsWith("\r\n")) return this.cutText(text, at + endLength, bytes);
			}
		}
		return this.pushPart(bytes);
	}

	private cutNative(found: number, size: number, bytes: ArrayBuffer): RequestHead {
		if (size === bytes.byteLength) {
			this.partial = undefined;
			return this.keep(new NativeHead(bytes, found), size, linesOf(found));
		}
		this.keepRest(bytes.slice(size));
		return this.keep(new NativeHead(bytes.slice(0, size), found), size, linesOf(found));
	}

	private pushPart(bytes: ArrayBuffer): RequestHead | undefined {
		const { limits, account } = this.owner;
		this.partial ??= new PartialHead();
		const partial = this.partial;
		partial.rest = undefined;
		partial.add(bytes);
		account.force(bytes.byteLength);
		if (partial.scan(limits)) return this.cutBytes(partial);
		if (partial.isBlank) account.force(-partial.drop());
		return undefined;
	}

	/** Parses the head that needed room. Returns and throws as `push()` does. */
	resume(): RequestHead | undefined {
		const { waiting } = this.partial as PartialHead;
		const { text, size } = waiting as { text: string; size: number };
		this.partial = undefined;
		return this.parse(text, size);
	}

	private cutText(text: string, length: number, bytes: ArrayBuffer): RequestHead | undefined {
		const { maxRequestLine, maxHeadBytes } = this.owner.limits;
		const first = text.indexOf("\r\n");
		if (first > maxRequestLine) throw tooLongLine();
		if (length - endLength - first > maxHeadBytes) throw tooLargeHead();
		this.partial = undefined;
		if (length === bytes.byteLength) return this.parse(text);
		this.keepRest(bytes.slice(length));
		return this.parse(text.slice(0, length));
	}

	private keepRest(rest: ArrayBuffer | undefined): void {
		this.partial = undefined;
		if (rest === undefined) return;
		this.partial = new PartialHead();
		this.partial.rest = rest;
	}

	private cutBytes(partial: PartialHead): RequestHead | undefined {
		const { text, size } = this.decode(partial);
		return this.parse(text, size);
	}

	/** The text of a head that is whole, beside which its bytes are not held any more, and the bytes that XS holds it in at most. */
	private decode(partial: PartialHead): { readonly text: string; readonly size: number } {
		const head = partial.cut();
		// Before it is decoded, for both would be there beside the text.
		this.owner.account.force(-partial.drop());
		this.keepRest(partial.rest);
		// To decode one takes many times its length, and it is refused in any case.
		if (new Uint8Array(head).includes(0))
			throw new HttpError(400, "CONTROL_CHARACTER", "Control character in the head");
		const text = decodeText(head);
		if (text !== undefined) return { text, size: head.byteLength };
		if (!this.owner.account.isThere(linesRoom * head.byteLength)) throw noRoomNow();
		return { text: linesText(head, this.owner.limits.maxHeaderCount + 1), size: 2 * head.byteLength };
	}

	/** The connection has closed. */
	close(): void {
		this.forget();
		if (this.partial !== undefined) this.owner.account.force(-this.partial.drop());
		this.partial = undefined;
	}

	/** @param size bytes that XS holds the text in, at most. */
	private parse(text: string, size: number = text.length): RequestHead | undefined {
		if (text === this.last?.text) return this.last;
		const lines = countLines(text, this.owner.limits.maxHeaderCount);
		const needs = isLong(size - endLength, lines, this.owner.limits) ? this.takeRoom(size, lines) : 0;
		if (needs > 0) {
			this.partial ??= new PartialHead();
			this.partial.needs = needs;
			this.partial.waiting = { text, size };
			return undefined;
		}
		const head = this.parseText(text);
		this.keep(head, size, head.headers.size);
		if (this.last === head) head.text = text;
		return head;
	}

	private parseText(text: string): MutableHead {
		const first = text.indexOf("\r\n");
		const head = parseRequestLine(text.slice(0, first)) as MutableHead;
		head.headers = this.parseHeaders(text, first);
		const { host, contentLength, keepAlive, expectContinue } = this.framingOf(head);
		head.host = host;
		head.contentLength = contentLength;
		head.keepAlive = keepAlive;
		// Rare, and a property takes memory.
		if (expectContinue === true) head.expectContinue = true;
		return head;
	}

	/** The last head, if it was read here and not in C. */
	private get lastText(): RequestHead | undefined {
		return this.last?.text === undefined ? undefined : this.last;
	}

	/** The last head's, where all is the same that it depends on. */
	private framingOf(head: RequestLine & { readonly headers: Headers }): Framing {
		const last = this.lastText;
		const isSame = head.headers === last?.headers && head.minor === last.minor && head.authority === last.authority;
		return isSame ? last : framingOf(head, head.headers);
	}

	/** Of each line there are no more copies than `parsingCost()` says: the text's, the line's, and two of its value. */
	private parseHeaders(text: string, first: number): Headers {
		const { maxHeaderCount } = this.owner.limits;
		const last = this.lastText;
		const known = last?.text as string;
		if (last !== undefined && isBehind(text, first, known)) return last.headers;
		// Bounded: a line of one byte takes forty, and a client may send nothing else. The request line and two empty ones at the end are no fields.
		const lines = text.split("\r\n", maxHeaderCount + 4);
		lines.length -= 2;
		if (lines.length - 1 > maxHeaderCount) throw new HttpError(431, "HEADER_COUNT", "Request has too many field lines");
		return Headers.parse(lines, 1, last && known.split("\r\n"), last?.headers);
	}
}

/** Whether a head has the field lines of a known one. @param first length of its request line. */
const isBehind = (text: string, first: number, known: string): boolean => {
	const knownFirst = known.indexOf("\r\n");
	return text.length - first === known.length - knownFirst && text.endsWith(known.slice(knownFirst));
};

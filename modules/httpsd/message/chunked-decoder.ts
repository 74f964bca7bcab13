import { isPrintable, trimSpace } from "text/ascii";
import { parseHex } from "text/hex";
import { replaceEvery } from "text/replace";
import { mostBytes } from "text/utf8";
import Headers from "../headers";
import HttpError from "../http-error";
import { chunksAtOnce, type Limits } from "../limits";
import { trailerCosts } from "../memory/costs";
import type { BodyDecoder } from "./body-decoder";
import { lineRoom, lineText, valuesRoom } from "./field-text";

type ChunkLimits = Pick<Limits, "maxBody" | "maxChunkLine" | "maxTrailerBytes" | "maxHeaderCount">;

// What a chunked body's next byte belongs to. Numbers, for a text that a preloaded module compares with is copied each time.
const inSize: number = 0;
const inData: number = 1;
const atDataEnd: number = 2;
const inTrailers: number = 3;
const isDone: number = 4;

/** Bytes of a line that is decoded without a question. */
const shortLine = 64;
/** Hexadecimal digits of a chunk's size: every number of so many is a safe integer. */
const maxSizeDigits = 12;
const framingFields = Object.freeze(["content-length", "transfer-encoding", "host", "connection"] as const);
const CR = 13;
const LF = 10;

/** What trailers are charged to. */
interface Room {
	/** @throws {HttpError} 413 or 503 when there is no room. */
	takeNow(bytes: number): unknown;
	/** @throws {HttpError} 503 when XS has not so many bytes now, which are needed for a moment. */
	need(bytes: number): unknown;
}

/** A body in chunks (RFC 9112 §7.1). Chunk extensions are read and ignored. */
export default class ChunkedDecoder implements BodyDecoder {
	readonly #limits: ChunkLimits;
	readonly #room: Room;
	#state = inSize;
	/** Chunks, or parts of one, in what was pushed last. */
	chunks = 0;
	/** Bytes of content at the front of what is being pushed. */
	#kept = 0;
	/** Bytes left of the current chunk. */
	#left = 0;
	#total = 0;
	/** An incomplete line. */
	#partial: ArrayBuffer | undefined;
	#trailerLines: string[] = [];
	#trailerBytes = 0;
	max: number;
	trailers: Headers | undefined;

	constructor(limits: ChunkLimits, room: Room) {
		this.#limits = limits;
		this.#room = room;
		this.max = limits.maxBody;
	}

	get done(): boolean {
		return this.#state === isDone;
	}

	get remaining(): number {
		return this.#state === isDone ? 0 : Number.MAX_SAFE_INTEGER;
	}

	push(bytes: ArrayBuffer, content: ArrayBuffer[]): number {
		const view = new Uint8Array(bytes);
		const { length } = view;
		let at = 0;
		this.chunks = this.#kept = 0;
		try {
			while (at < length && this.#state !== isDone && this.chunks < chunksAtOnce)
				at = this.#state === inData ? this.data(view, at) : this.takeLine(bytes, view, at);
		} finally {
			const kept = this.#kept;
			if (kept > 0) content.push(kept === length ? bytes : bytes.slice(0, kept));
		}
		return at;
	}

	/** Moves content to the front, behind what came before: an object for each chunk would cost memory. */
	private data(view: Uint8Array, at: number): number {
		const end = Math.min(view.length, at + this.#left);
		if (at > this.#kept) view.copyWithin(this.#kept, at, end);
		this.#kept += end - at;
		this.chunks++;
		this.#left -= end - at;
		if (this.#left === 0) this.#state = atDataEnd;
		return end;
	}

	private takeLine(bytes: ArrayBuffer, view: Uint8Array, at: number): number {
		// As nearly every chunk ends: all of its CRLF has come.
		if (this.#state === atDataEnd && view[at] === CR && view[at + 1] === LF && this.#partial === undefined) {
			this.#state = inSize;
			return at + 2;
		}
		const lf = view.indexOf(LF, at);
		const end = lf < 0 ? view.byteLength : lf + 1;
		// What has come of one is held until its end comes.
		if (lf < 0 && this.#state === inTrailers) this.#room.takeNow(end - at);
		let line = bytes.slice(at, end);
		if (this.#partial !== undefined) line = this.#partial.concat(line);
		this.checkSize(line.byteLength - (lf < 0 ? 1 : 2));
		if (lf < 0) this.#partial = line;
		else {
			this.#partial = undefined;
			// A short one is less than what a read takes.
			if (line.byteLength > shortLine) this.#room.need(lineRoom * line.byteLength);
			this.endLine(withoutEnd(line));
		}
		return end;
	}

	/** @param length of the line so far, without the CR that its end has or may have. */
	private checkSize(length: number): void {
		const { maxChunkLine, maxTrailerBytes } = this.#limits;
		if (this.#state === atDataEnd && length > 0) throw badChunk("Chunk is longer than its size");
		if (this.#state === inSize && length > maxChunkLine) throw badChunk("Chunk-size line is over the limit");
		if (this.#state === inTrailers && length > 0 && this.#trailerBytes + length + 2 > maxTrailerBytes)
			throw new HttpError(431, "TRAILER_SIZE", "Trailer section is over the limit");
	}

	private endLine(line: string): void {
		if (this.#state === inSize) this.startChunk(line);
		else if (this.#state === atDataEnd) this.#state = inSize;
		else if (line !== "") {
			if (this.#trailerLines.length === this.#limits.maxHeaderCount)
				throw new HttpError(431, "HEADER_COUNT", "Trailer section has too many field lines");
			this.#room.takeNow(trailerCosts.line + trailerCosts.byte * line.length);
			this.#trailerLines.push(line);
			this.#trailerBytes += line.length + 2;
		} else this.finish();
	}

	private startChunk(line: string): void {
		const size = chunkSize(line);
		if (size === undefined) throw badChunk("Chunk-size line does not begin with a hexadecimal number");
		this.#left = size;
		this.#total += this.#left;
		if (this.#total > this.max) throw new HttpError(413, "BODY_SIZE", "Chunked body is over the limit");
		this.#state = this.#left > 0 ? inData : inTrailers;
	}

	private finish(): void {
		this.#state = isDone;
		if (this.#trailerLines.length === 0) return;
		const lines = this.#trailerLines;
		let bytes = 0;
		for (const line of lines) bytes += mostBytes(line);
		if (bytes > shortLine) this.#room.need(valuesRoom * bytes + trailerCosts.line * lines.length);
		const trailers = Headers.parse(lines, 0);
		this.#trailerLines = [];
		if (framingFields.some(name => trailers.has(name)))
			throw new HttpError(400, "TRAILER", "Trailer section has a framing field");
		this.trailers = trailers;
	}
}

/** The number before the extensions of a chunk-size line; `undefined` when the line is malformed. */
const chunkSize = (line: string): number | undefined => {
	const semicolon = line.indexOf(";");
	if (semicolon < 0) return parseHex(line, maxSizeDigits);
	if (!isPrintable(replaceEvery(line.slice(semicolon), "\t", "")) || line.startsWith(" ") || line.startsWith("\t"))
		return undefined;
	return parseHex(trimSpace(line.slice(0, semicolon)), maxSizeDigits);
};

const withoutEnd = (line: ArrayBuffer): string => {
	if (new Uint8Array(line).at(-2) !== CR) throw new HttpError(400, "BARE_LF", "Line ends without CR");
	return lineText(line).slice(0, -2);
};

const badChunk = (message: string): HttpError => {
	return new HttpError(400, "CHUNK", message);
};

import { decodeRoom } from "text/utf8";
import { decodeWindows1252, windows1252Room } from "text/windows-1252";
import { nextTurn } from "../async/next-turn";
import { handled } from "../async/promises";
import type Body from "../body";
import type Headers from "../headers";
import HttpError from "../http-error";
import { filePiece, formLimits } from "../limits";
import type Charge from "../memory/charge";
import { fixedCosts } from "../memory/costs";
import { isWindows1252 } from "../values/charset";
import { parseDisposition } from "../values/disposition";
import { parseParameterized } from "../values/parameters";
import { safePath } from "../values/sent-names";
import Block from "./block";
import { decodeContent } from "./conversions";
import { expectType } from "./form-type";
import MultipartDecoder, { type MultipartEvent } from "./multipart-decoder";

/** A part of a multipart form. Its content is read before the next part is asked for, or not at all. */
export class Part implements AsyncIterable<ArrayBuffer> {
	readonly headers: Headers;
	/** The name of the form's field. */
	readonly name: string;
	/**
	 * The name of the file, as the person wrote it, without folders: it leads out of none. Empty where no file was chosen, or
	 * the client sent nothing that is a name; `undefined` for what is no file. What was sent is in `headers`.
	 */
	readonly filename: string | undefined;
	/** The same with the folders that the client sent, as browsers do of a folder: a relative path, which leads out of none. */
	readonly path: string | undefined;
	readonly #read: () => Promise<ArrayBuffer | undefined>;
	readonly #charge: Charge;

	/** @throws {HttpError} 400 when the part has no `Content-Disposition: form-data` with a name. */
	constructor(headers: Headers, read: () => Promise<ArrayBuffer | undefined>, charge: Charge) {
		const disposition = parseDisposition(headers.get("content-disposition") ?? "");
		if (disposition === undefined) throw new HttpError(400, "PART_NAME", "Part of a form has no name");
		const { name, filename } = disposition;
		this.headers = headers;
		this.name = name;
		this.path = filename === undefined ? undefined : safePath(filename);
		this.filename = this.path?.slice(this.path.lastIndexOf("/") + 1);
		this.#read = read;
		this.#charge = charge;
	}

	/** Media type of the content; `text/plain` unless the client says otherwise. */
	get type(): string {
		return this.headers.get("content-type") ?? "text/plain";
	}

	/** @throws {HttpError} 415 when it is none that is known. */
	private get charset(): string {
		const charset = parseParameterized(this.type)?.parameters.get("charset") ?? "utf-8";
		if (isWindows1252(charset) || charset.toLowerCase() === "utf-8") return charset;
		throw new HttpError(415, "PART_CHARSET", "Part of a form is text in a charset that is not known");
	}

	/** The next piece of content; `undefined` at the end. Throws as `Body.read` does. */
	read(): Promise<ArrayBuffer | undefined> {
		return this.#read();
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<ArrayBuffer, void, undefined> {
		for (let piece = await this.read(); piece !== undefined; piece = await this.read()) yield piece;
	}

	/** All of the content. @throws {HttpError} 413 when it is more than `max` bytes. */
	bytes(max: number = formLimits.maxFieldBytes): Promise<ArrayBuffer> {
		return handled(this.gather(max));
	}

	/**
	 * The content as text, in the charset that its type names: UTF-8, unless that is ISO-8859-1, Windows-1252 or US-ASCII.
	 * Throws as `bytes()` does, and `HttpError` 400 when it is not UTF-8, 415 for another charset.
	 */
	text(max?: number): Promise<string> {
		return handled(this.decode(max));
	}

	/** While there is no room nothing is read. */
	private async gather(max: number): Promise<ArrayBuffer> {
		const block = new Block(this.#charge, max);
		for (let piece = await this.read(); piece !== undefined; piece = await this.read()) {
			const room = block.roomFor(piece);
			if (room > 0) await this.#charge.when(room);
			block.add(piece);
		}
		await this.#charge.when(block.roomToTake);
		return block.take();
	}

	private async decode(max: number = formLimits.maxFieldBytes): Promise<string> {
		const bytes = await this.gather(max);
		const charset = this.charset;
		const isOld = isWindows1252(charset);
		const room = isOld ? windows1252Room * bytes.byteLength : decodeRoom(bytes);
		await this.#charge.when(room);
		try {
			return isOld ? decodeWindows1252(bytes) : decodeContent(bytes);
		} finally {
			this.#charge.give(room);
		}
	}
}

/** Bytes that are held beside what is gathered: objects, a piece, what is cut out of it, the head of a part. */
const readerCost = fixedCosts.parts + 2 * filePiece + formLimits.maxPartHead;

/** Reads a body as `multipart/form-data`, part by part. */
class PartReader {
	readonly #body: Body;
	readonly #decoder: MultipartDecoder;
	/** What comes next, once it is known. */
	#event: MultipartEvent | undefined;
	/** Bytes that had been compared when the last turn began, or the last piece came. */
	#compared = 0;
	/** What the request holds beside the part that is being read. */
	readonly #held: number;

	constructor(body: Body, boundary: string | undefined) {
		this.#body = body;
		this.#held = body.charge.held;
		this.#decoder = new MultipartDecoder(boundary, body.charge);
	}

	/** The next part; what was not read of the one before is passed over. */
	async nextPart(): Promise<Part | undefined> {
		const { charge } = this.#body;
		charge.give(charge.held - this.#held);
		for (let event = await this.fill(); event !== undefined; event = await this.fill()) {
			this.#event = undefined;
			if ("head" in event) return new Part(event.head, () => this.nextContent(), charge);
		}
		return undefined;
	}

	private async nextContent(): Promise<ArrayBuffer | undefined> {
		const event = await this.fill();
		if (event === undefined || "head" in event) return undefined;
		this.#event = undefined;
		return event.content;
	}

	/** What comes next, which stays until it is taken; `undefined` once all parts have ended. */
	private async fill(): Promise<MultipartEvent | undefined> {
		const decoder = this.#decoder;
		for (;;) {
			this.#event ??= decoder.next();
			// Content can be made of starts of delimiters, which cost much to compare: then others are served first.
			if (decoder.compared - this.#compared > formLimits.comparedAtOnce) {
				this.#compared = decoder.compared;
				await nextTurn();
			}
			if (this.#event !== undefined || decoder.done) return this.#event;
			const piece = await this.#body.read();
			if (piece === undefined) throw new HttpError(400, "MULTIPART", "Multipart content ends within a part");
			this.#compared = decoder.compared;
			decoder.push(piece);
		}
	}
}

/** The parts of a `multipart/form-data` body as they come. @throws {HttpError} 400, 413 or 415. */
export async function* readParts(body: Body, contentType: string | undefined): AsyncGenerator<Part, void, undefined> {
	const { parameters } = expectType("multipart/form-data", contentType);
	await body.charge.when(readerCost);
	const reader = new PartReader(body, parameters.get("boundary"));
	for (let part = await reader.nextPart(); part !== undefined; part = await reader.nextPart()) yield part;
}

// A generator's prototype is an object of its own, which takes RAM unless it is frozen.
Object.freeze(Part.prototype[Symbol.asyncIterator].prototype);
Object.freeze(readParts.prototype);

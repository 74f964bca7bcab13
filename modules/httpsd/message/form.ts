import Timer from "timer";
import type Body from "../body";
import { gather } from "../body";
import { handled } from "../connection/rejection";
import type Headers from "../headers";
import HttpError from "../http-error";
import { formLimits } from "../limits";
import { asciiText } from "./ascii";
import { parseField } from "./fields";
import MultipartDecoder, { type MultipartEvent } from "./multipart-decoder";
import { type Parameterized, parseParameterized } from "./parameters";
import Pieces from "./pieces";
import { decodeText } from "./utf8";

const ampersand = 0x26;

/** A part of a multipart form. Its content is read before the next part is asked for, or not at all. */
export class Part implements AsyncIterable<ArrayBuffer> {
	readonly headers: Headers;
	/** The name of the form's field. */
	readonly name: string;
	/** The name of the file as the client calls it: not to be used as a path. `undefined` for what is no file. */
	readonly filename: string | undefined;
	readonly #read: () => Promise<ArrayBuffer | undefined>;

	/** @throws {HttpError} 400 when the part has no `Content-Disposition: form-data` with a name. */
	constructor(headers: Headers, read: () => Promise<ArrayBuffer | undefined>) {
		const { value, parameters } = parseParameterized(headers.get("content-disposition") ?? "", "quotes") ?? {};
		const name = parameters?.get("name");
		if (value !== "form-data" || name === undefined)
			throw new HttpError(400, "PART_NAME", "Part of a form has no name");
		this.headers = headers;
		this.name = name;
		this.filename = parameters?.get("filename");
		this.#read = read;
	}

	/** Media type of the content; `text/plain` unless the client says otherwise. */
	get type(): string {
		return this.headers.get("content-type") ?? "text/plain";
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
		return handled(gather(this, max));
	}

	/** The content as text. Throws as `bytes()` does, and `HttpError` 400 when it is not UTF-8. */
	text(max?: number): Promise<string> {
		return handled(this.bytes(max).then(toText));
	}
}

function toText(bytes: ArrayBuffer): string {
	const text = decodeText(bytes);
	if (text === undefined) throw new HttpError(400, "BODY_TEXT", "Part of a form is not UTF-8");
	return text;
}

function nextTurn(): Promise<void> {
	return new Promise(resolve => {
		Timer.set(() => resolve());
	});
}

/** Reads a body as `multipart/form-data`, part by part. */
class PartReader {
	readonly #body: Body;
	readonly #decoder: MultipartDecoder;
	readonly #events: MultipartEvent[] = [];

	constructor(body: Body, boundary: string | undefined) {
		this.#body = body;
		this.#decoder = new MultipartDecoder(boundary);
	}

	/** The next part; what was not read of the one before is passed over. */
	async nextPart(): Promise<Part | undefined> {
		while (await this.fill()) {
			const event = this.#events.shift() as MultipartEvent;
			if ("head" in event) return new Part(event.head, () => this.nextContent());
		}
		return undefined;
	}

	private async nextContent(): Promise<ArrayBuffer | undefined> {
		if (!(await this.fill())) return undefined;
		const event = this.#events[0] as MultipartEvent;
		if ("head" in event) return undefined;
		this.#events.shift();
		return event.content;
	}

	/** Makes sure that there is an event, unless all parts have ended. */
	private async fill(): Promise<boolean> {
		while (this.#events.length === 0 && !this.#decoder.done) {
			const piece = await this.#body.read();
			if (piece === undefined) throw new HttpError(400, "MULTIPART", "Multipart content ends within a part");
			const before = this.#decoder.compared;
			this.#decoder.push(piece, this.#events);
			// Content can be made of beginnings of delimiters: what costs so much has others served first.
			if (this.#decoder.compared - before > formLimits.comparedAtOnce) await nextTurn();
		}
		return this.#events.length > 0;
	}
}

/** The parts of a `multipart/form-data` body as they come. @throws {HttpError} 400, 413 or 415. */
export async function* readParts(body: Body, contentType: string | undefined): AsyncGenerator<Part, void, undefined> {
	const { parameters } = expectType("multipart/form-data", contentType);
	const reader = new PartReader(body, parameters.get("boundary"));
	for (let part = await reader.nextPart(); part !== undefined; part = await reader.nextPart()) yield part;
}

/** The pairs of an `application/x-www-form-urlencoded` body as they come. @throws {HttpError} 400, 413 or 415. */
export async function* readFields(
	body: Body,
	contentType: string | undefined
): AsyncGenerator<[name: string, value: string], void, undefined> {
	expectType("application/x-www-form-urlencoded", contentType);
	/** A pair that has not ended. */
	const held = new Pieces();
	for await (const piece of body) {
		const end = new Uint8Array(piece).lastIndexOf(ampersand);
		held.add(end < 0 ? piece : piece.slice(0, end));
		if (end >= 0) {
			yield* pairsIn(held.take());
			held.add(piece.slice(end + 1));
		}
		if (held.length > formLimits.maxFieldBytes) throw tooLargeField();
	}
	yield* pairsIn(held.take());
}

function* pairsIn(bytes: ArrayBuffer): Generator<[name: string, value: string], void, undefined> {
	const text = asciiText(bytes);
	if (text === undefined) throw new HttpError(400, "FIELD_ENCODING", "Form is not percent-encoded");
	for (const pair of text.split("&")) {
		if (pair.length > formLimits.maxFieldBytes) throw tooLargeField();
		if (pair !== "") yield parseField(pair);
	}
}

function tooLargeField(): HttpError {
	return new HttpError(413, "FIELD_SIZE", "Field of a form is over the limit");
}

/** A media type with its parameters. @throws {HttpError} 415 when it is not the one expected. */
export function expectType(expected: string, contentType: string | undefined): Parameterized {
	const type = contentType === undefined ? undefined : parseParameterized(contentType);
	if (type?.value !== expected) throw new HttpError(415, "FORM_TYPE", `Content is not ${expected}`);
	return type;
}

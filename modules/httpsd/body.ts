import { decodeRoom, decodeText } from "text/utf8";
import { handled } from "./async/promises";
import Block, { tooLarge } from "./content/block";
import type Headers from "./headers";
import HttpError from "./http-error";
import { jsonMemory, parseJson } from "./json";
import type { Limits } from "./limits";
import type Charge from "./memory/charge";

/** Where a body's content comes from. */
export interface BodySource {
	/** A reader waits for content: `deliver`, `finish` or `fail` is to be called, now or later. */
	pull(): void;
}

type BodyLimits = Pick<Limits, "maxBufferedBody" | "maxJsonDepth" | "maxJsonMemory">;

interface Waiter {
	resolve(content: ArrayBuffer | undefined): void;
	reject(error: Error): void;
}

/**
 * The content of a request. Nothing is taken from the connection before it is asked for, so that a slow reader slows
 * the client down and memory holds one piece at a time.
 *
 * ```ts
 * for await (const piece of request.body) file.write(piece);
 * ```
 */
export default class Body implements AsyncIterable<ArrayBuffer> {
	/** Length in bytes, 0 without content; `undefined` when the content comes in chunks. */
	readonly contentLength: number | undefined;
	/** Fields that came behind a chunked body, once all of it was read. */
	trailers: Headers | undefined;
	/** @internal What it holds of the server's `memory`. */
	readonly charge: Charge;
	readonly #source: BodySource;
	readonly #limits: BodyLimits;
	#queue: ArrayBuffer[] | undefined;
	#waiter: Waiter | undefined;
	#end: "open" | "finished" | HttpError;

	constructor(source: BodySource, contentLength: number | undefined, limits: BodyLimits, charge: Charge) {
		this.#source = source;
		this.contentLength = contentLength;
		this.#limits = limits;
		this.charge = charge;
		this.#end = contentLength === 0 ? "finished" : "open";
	}

	/** Whether a reader waits for content. */
	get awaited(): boolean {
		return this.#waiter !== undefined;
	}

	/**
	 * The next piece of content, of any size above 0; `undefined` at the end.
	 * @throws {HttpError} when the body is malformed, over the limit (413), late (408), the client has left, or the
	 * response was complete first: what has not been read by then is thrown away.
	 * @throws {TypeError} when another read is still waiting.
	 */
	read(): Promise<ArrayBuffer | undefined> {
		return handled(this.next(piece => piece));
	}

	/** Not a generator: that would make several more promises for each piece. */
	[Symbol.asyncIterator](): AsyncIterator<ArrayBuffer, void, undefined> {
		return { next: () => this.next(toResult) };
	}

	/**
	 * The length in bytes, for a handler that must know it before it reads.
	 * @throws {HttpError} 411 when the content comes in chunks.
	 */
	requireLength(): number {
		if (this.contentLength === undefined) throw new HttpError(411, "LENGTH", "Request does not tell its length");
		return this.contentLength;
	}

	/**
	 * All of the content that has not been read.
	 * @param max the most bytes to take; the limit `maxBufferedBody` holds anyway.
	 * @throws {HttpError} 413 when there are more.
	 */
	bytes(max: number = this.#limits.maxBufferedBody): Promise<ArrayBuffer> {
		return handled(this.gather(max));
	}

	/** The content as text. Throws as `bytes()` does, and `HttpError` 400 when it is not UTF-8. */
	text(max?: number): Promise<string> {
		return handled(this.bytes(max).then(bytes => decodeContent(bytes, this.charge)));
	}

	/**
	 * The content parsed as JSON, with those properties only that are named; others are left out, at any depth. See
	 * {@link parseJson} for why.
	 *
	 * ```ts
	 * const { on, level } = Object(await request.json(["on", "level"])) as { on?: unknown; level?: unknown };
	 * ```
	 * @throws {HttpError} as `text()` does, and 400 when it is not JSON or nests too deep.
	 * @throws {TypeError} when `names` is no array, or has an array's index, such as `"0"`, which XS leaves out.
	 */
	json(names: readonly string[], max?: number): Promise<unknown> {
		return handled(this.bytes(max).then(bytes => this.parse(bytes, names)));
	}

	/** Adds a piece that has come. For the connection. */
	deliver(piece: ArrayBuffer): void {
		const waiter = this.takeWaiter();
		if (waiter !== undefined) waiter.resolve(piece);
		else if (this.#queue === undefined) this.#queue = [piece];
		else this.#queue.push(piece);
	}

	/** All content has come. For the connection. */
	finish(trailers: Headers | undefined): void {
		if (this.#end !== "open") return;
		this.#end = "finished";
		this.trailers = trailers;
		this.takeWaiter()?.resolve(undefined);
	}

	/** No more content will come. For the connection. */
	fail(error: HttpError): void {
		if (this.#end !== "open") return;
		this.#end = error;
		this.takeWaiter()?.reject(error);
	}

	private next<Result>(shape: (piece: ArrayBuffer | undefined) => Result): Promise<Result> {
		const piece = this.#queue?.shift();
		if (piece !== undefined || this.#end === "finished") return Promise.resolve(shape(piece));
		if (this.#end !== "open") return Promise.reject(this.#end);
		if (this.#waiter !== undefined) return Promise.reject(new TypeError("Body is already being read"));
		return new Promise((resolve, reject) => {
			this.#waiter = { resolve: content => resolve(shape(content)), reject };
			this.#source.pull();
		});
	}

	private parse(bytes: ArrayBuffer, names: readonly string[]): unknown {
		const { maxJsonDepth, maxJsonMemory } = this.#limits;
		const most = jsonMemory(bytes, maxJsonMemory);
		this.charge.take(most + decodeRoom(bytes));
		const value = parseJson(bytes, names, maxJsonDepth, maxJsonMemory);
		this.charge.give(bytes.byteLength + decodeRoom(bytes));
		return value;
	}

	private async gather(max: number): Promise<ArrayBuffer> {
		const most = Math.min(max, this.#limits.maxBufferedBody);
		if ((this.contentLength ?? 0) > most) throw tooLarge();
		return gather(this, most, this.charge, this.contentLength);
	}

	private takeWaiter(): Waiter | undefined {
		const waiter = this.#waiter;
		this.#waiter = undefined;
		return waiter;
	}
}

function toResult(piece: ArrayBuffer | undefined): IteratorResult<ArrayBuffer, void> {
	return piece === undefined ? { done: true, value: undefined } : { done: false, value: piece };
}

/**
 * All of the content that comes from `source`, in one piece, which stays charged.
 * @param length how much there will be, if that is known.
 * @throws {HttpError} 413 when it is more than `max` bytes, 503 when there is no memory for it now.
 */
export async function gather(
	source: { read(): Promise<ArrayBuffer | undefined> },
	max: number,
	charge: Charge,
	length?: number
): Promise<ArrayBuffer> {
	const block = new Block(charge, max, length);
	for (let piece = await source.read(); piece !== undefined; piece = await source.read()) block.add(piece);
	return block.take();
}

/** Gathered content as text, which is charged in its place. @throws {HttpError} 400 when it is not UTF-8. */
export function decodeContent(bytes: ArrayBuffer, charge: Charge): string {
	const room = decodeRoom(bytes);
	charge.take(room);
	const text = decodeText(bytes);
	charge.give(room);
	if (text === undefined) throw new HttpError(400, "BODY_TEXT", "Request content is not UTF-8");
	return text;
}

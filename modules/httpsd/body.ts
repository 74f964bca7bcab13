import { handled } from "./async/promises";
import { AsJson, asBytes, asText } from "./content/conversions";
import Gatherer, { type Conversion, type GatheredSource } from "./content/gatherer";
import type Headers from "./headers";
import HttpError from "./http-error";
import type { Limits } from "./limits";
import type Charge from "./memory/charge";

/** Where a body's content comes from. */
export interface BodySource {
	/** A reader waits for content: `deliver`, `finish` or `fail` is to be called, now or later. */
	pull(): void;
	/** Sets the most bytes that it may have, in the place of the limit `maxBody`. */
	allow(max: number): void;
}

type BodyLimits = Pick<Limits, "maxBufferedBody" | "maxJsonDepth" | "maxJsonMemory">;

/** Who takes content as it comes. */
interface Reader {
	readonly promise: Promise<unknown>;
	/** Whether no content may come now. */
	readonly isWaiting: boolean;
	take(piece: ArrayBuffer): void;
	finish(): void;
	fail(error: Error): void;
}

// How it has ended, if not by an error. Numbers, for a text that a preloaded module compares with is copied each time.
const open = 0;
const finished = 1;

/**
 * The content of a request. Nothing is taken from the connection before it is asked for, so that a slow reader slows
 * the client down and memory holds one piece at a time.
 *
 * ```ts
 * for await (const piece of request.body) file.write(piece);
 * ```
 */
export default class Body implements AsyncIterable<ArrayBuffer>, GatheredSource {
	/** Length in bytes, 0 without content; `undefined` when the content comes in chunks. */
	readonly contentLength: number | undefined;
	/** Fields that came behind a chunked body, once all of it was read. */
	trailers: Headers | undefined;
	/** @internal What it holds of the server's `memory`. */
	readonly charge: Charge;
	readonly #source: BodySource;
	readonly #limits: BodyLimits;
	#queue: ArrayBuffer[] | undefined;
	#reader: Reader | undefined;
	#end: typeof open | typeof finished | HttpError;

	constructor(source: BodySource, contentLength: number | undefined, limits: BodyLimits, charge: Charge) {
		this.#source = source;
		this.contentLength = contentLength;
		this.#limits = limits;
		this.charge = charge;
		this.#end = contentLength === 0 ? finished : open;
	}

	/** Whether a reader waits for content, and has room for it. */
	get awaited(): boolean {
		const reader = this.#reader;
		return reader !== undefined && !reader.isWaiting;
	}

	/** @internal Whether a reader waits for memory, so that nothing may be read. */
	get isWaiting(): boolean {
		return this.#reader?.isWaiting ?? false;
	}

	/**
	 * The next piece of content, of any size above 0; `undefined` at the end.
	 * @throws {HttpError} when the body is malformed, over the limit (413), late (408), the client has left, or the
	 * response was complete first: what has not been read by then is thrown away.
	 * @throws {TypeError} when another read is still waiting.
	 */
	read(): Promise<ArrayBuffer | undefined> {
		return this.next(piece => piece);
	}

	/** Not a generator: that would make several more promises for each piece. */
	[Symbol.asyncIterator](): AsyncIterator<ArrayBuffer, void, undefined> {
		return { next: () => this.next(toResult) };
	}

	/** @internal Sets the most bytes that there may be, before any has been asked for. */
	allow(max: number): void {
		this.#source.allow(max);
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
	bytes(max?: number): Promise<ArrayBuffer> {
		return this.gather(asBytes, max);
	}

	/** The content as text. Throws as `bytes()` does, and `HttpError` 400 when it is not UTF-8. */
	text(max?: number): Promise<string> {
		return this.gather(asText, max);
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
		return this.gather(new AsJson(names, this.#limits), max);
	}

	/**
	 * @internal All of the content that has not been read, as something else.
	 * @throws {HttpError} 413 when it is more than `max` or `maxBufferedBody`, or there can never be memory for it; 503
	 * when there is none in time.
	 */
	gather<Result>(conversion: Conversion<Result>, max: number = this.#limits.maxBufferedBody): Promise<Result> {
		const most = Math.min(max, this.#limits.maxBufferedBody);
		const gatherer = new Gatherer(this, conversion, this.charge, most);
		if (this.#reader !== undefined) return refused(new TypeError("Body is already being read"));
		this.#reader = gatherer;
		gatherer.start();
		this.resume();
		return gatherer.promise;
	}

	/** Adds a piece that has come. For the connection. */
	deliver(piece: ArrayBuffer): void {
		if (this.awaited) (this.#reader as Reader).take(piece);
		else if (this.#queue === undefined) this.#queue = [piece];
		else this.#queue.push(piece);
	}

	/** All content has come. For the connection. */
	finish(trailers: Headers | undefined): void {
		if (this.#end !== open) return;
		this.#end = finished;
		this.trailers = trailers;
		if (this.awaited) (this.#reader as Reader).finish();
	}

	/** No more content will come. For the connection. */
	fail(error: HttpError): void {
		if (this.#end !== open) return;
		this.#end = error;
		this.#reader?.fail(error);
	}

	/** @internal */
	resume(): void {
		while (this.awaited && this.#queue !== undefined && this.#queue.length > 0)
			(this.#reader as Reader).take(this.#queue.shift() as ArrayBuffer);
		if (!this.awaited) return;
		if (this.#end === open) this.#source.pull();
		else if (this.#end === finished) (this.#reader as Reader).finish();
		else (this.#reader as Reader).fail(this.#end);
	}

	/** @internal */
	leave(): void {
		this.#reader = undefined;
	}

	private next<Result>(shape: (piece: ArrayBuffer | undefined) => Result): Promise<Result> {
		const piece = this.#queue?.shift();
		if (piece !== undefined || this.#end === finished) return Promise.resolve(shape(piece));
		if (this.#end !== open) return refused(this.#end);
		if (this.#reader !== undefined) return refused(new TypeError("Body is already being read"));
		const reader = new PieceReader(this, shape);
		this.#reader = reader;
		this.#source.pull();
		return reader.promise;
	}
}

/** Waits for one piece, or the end. */
class PieceReader<Result> implements Reader {
	readonly promise: Promise<Result>;
	readonly isWaiting = false;
	readonly #body: Body;
	readonly #shape: (piece: ArrayBuffer | undefined) => Result;
	#resolve!: (result: Result) => void;
	#reject!: (error: Error) => void;

	constructor(body: Body, shape: (piece: ArrayBuffer | undefined) => Result) {
		this.#body = body;
		this.#shape = shape;
		this.promise = new Promise((resolve, reject) => {
			this.#resolve = resolve;
			this.#reject = reject;
		});
	}

	take(piece: ArrayBuffer | undefined): void {
		this.#body.leave();
		this.#resolve(this.#shape(piece));
	}

	finish(): void {
		this.take(undefined);
	}

	fail(error: Error): void {
		this.#body.leave();
		handled(this.promise);
		this.#reject(error);
	}
}

const toResult = (piece: ArrayBuffer | undefined): IteratorResult<ArrayBuffer, void> => {
	return piece === undefined ? { done: true, value: undefined } : { done: false, value: piece };
};

const refused = (error: Error): Promise<never> => {
	return handled(Promise.reject(error));
};

import { handled } from "../async/promises";
import type HttpError from "../http-error";
import type Charge from "../memory/charge";
import { tooLarge } from "../memory/charge";

/** What is made of content that has been gathered. */
export interface Conversion<Result> {
	/** The least that it takes beside the content for each byte of that. */
	readonly least: number;
	/** Bytes that it takes beside the content until it is made. @throws {HttpError} 413 when they are too many. */
	room(content: ArrayBuffer): number;
	/** Bytes that stay taken, of those and the content. */
	kept(content: ArrayBuffer, room: number): number;
	/** @throws {HttpError} when the content is not of that kind. */
	convert(content: ArrayBuffer): Result;
}

/** Where content comes from. */
export interface GatheredSource {
	/** How much there is, if that is known. */
	readonly contentLength: number | undefined;
	/** There is room now: gives the next piece, or the end. */
	resume(): void;
	/** No more of it is asked for. */
	leave(): void;
}

/** Bytes that are made room for at least, once there are several pieces. */
const leastBlock = 256;

/**
 * Gathers content, in a block as long as it will be where that is known, and makes something of it. While there is no
 * room nothing is read. One object and one promise, whatever the number of pieces: an `async` function takes kilobytes.
 */
export default class Gatherer<Result> {
	readonly promise: Promise<Result>;
	/** Whether it waits for room, so that no content may come. */
	isWaiting = false;
	readonly #source: GatheredSource;
	readonly #conversion: Conversion<Result>;
	readonly #charge: Charge;
	readonly #max: number;
	#bytes: Uint8Array | undefined;
	#length = 0;
	/** What has been taken. */
	#held = 0;
	#resolve!: (result: Result) => void;
	#reject!: (error: Error) => void;

	constructor(source: GatheredSource, conversion: Conversion<Result>, charge: Charge, max: number) {
		this.#source = source;
		this.#conversion = conversion;
		this.#charge = charge;
		this.#max = max;
		this.promise = new Promise((resolve, reject) => {
			this.#resolve = resolve;
			this.#reject = reject;
		});
	}

	/** Asks for room, before any content may come. What is sure to be needed is taken at once: who holds a part might wait for ever. */
	start(): void {
		const length = this.#source.contentLength ?? 0;
		if (length > this.#max) this.fail(tooLarge());
		else this.ask(length * (1 + this.#conversion.least), () => {});
	}

	/** A piece has come. */
	take(piece: ArrayBuffer): void {
		const length = this.#length + piece.byteLength;
		if (length > this.#max) this.fail(tooLarge());
		else if (this.#source.contentLength === undefined && length > (this.#bytes?.length ?? 0)) this.grow(piece, length);
		else this.add(piece);
	}

	/** All has come. */
	finish(): void {
		const content = this.content();
		try {
			const { least } = this.#conversion;
			const room = this.#conversion.room(content);
			const taken = this.#source.contentLength === undefined ? 0 : this.#source.contentLength * least;
			this.ask(room > taken ? room - taken : 0, () => this.convert(content, room));
		} catch (error) {
			this.fail(error as Error);
		}
	}

	/** No more will come. */
	fail(error: Error): void {
		this.#source.leave();
		this.give(0);
		handled(this.promise);
		this.#reject(error);
	}

	private add(piece: ArrayBuffer): void {
		const whole = this.#source.contentLength ?? 0;
		if (this.#length === 0 && piece.byteLength >= whole) this.#bytes = new Uint8Array(piece);
		else {
			this.#bytes ??= new Uint8Array(whole);
			this.#bytes.set(new Uint8Array(piece), this.#length);
		}
		this.#length += piece.byteLength;
	}

	/** Where the length is not known, the block is doubled: the old one is there beside the new one until it is copied. */
	private grow(piece: ArrayBuffer, length: number): void {
		const before = this.#bytes;
		const size = before === undefined ? length : Math.min(Math.max(2 * length, leastBlock), this.#max);
		this.ask(size, () => {
			if (before !== undefined) {
				this.#bytes = new Uint8Array(size);
				this.#bytes.set(before.length > this.#length ? before.subarray(0, this.#length) : before);
				this.give(this.#held - before.length);
			}
			this.add(piece);
		});
	}

	private content(): ArrayBuffer {
		const bytes = this.#bytes;
		if (bytes === undefined) return new ArrayBuffer(0);
		const { length } = bytes;
		// What is longer has been taken twice as it grew.
		return (length === this.#length ? bytes : bytes.slice(0, this.#length)).buffer as ArrayBuffer;
	}

	private convert(content: ArrayBuffer, room: number): void {
		try {
			const result = this.#conversion.convert(content);
			this.#source.leave();
			this.give(this.#conversion.kept(content, room));
			this.#resolve(result);
		} catch (error) {
			this.fail(error as Error);
		}
	}

	/** Takes bytes, now or later, and goes on with `next`. */
	private ask(bytes: number, next: () => void): void {
		const go = (error?: HttpError) => {
			if (error !== undefined) this.fail(error);
			else {
				this.#held += bytes;
				next();
			}
		};
		try {
			this.isWaiting = !this.#charge.ask(bytes, error => {
				this.isWaiting = false;
				go(error);
				this.#source.resume();
			});
		} catch (error) {
			go(error as HttpError);
			return;
		}
		if (!this.isWaiting) go();
	}

	/** Gives back what is taken but for so many bytes. */
	private give(kept: number): void {
		this.#charge.give(this.#held - kept);
		this.#held = kept;
	}
}

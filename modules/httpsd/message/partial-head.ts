import HttpError from "../http-error";
import type { Limits } from "../limits";

export type PartialLimits = Pick<Limits, "maxRequestLine" | "maxHeadBytes" | "maxEmptyLines">;

const CR = 13;
const LF = 10;

/** What is held of a head that has not come whole, or waits. Most heads come in one piece, and need none. */
export default class PartialHead {
	/** What has come of it. */
	bytes: ArrayBuffer | undefined;
	/** Bytes that came behind the head. */
	rest: ArrayBuffer | undefined;
	/** Bytes of memory that are needed before the head can be parsed; 0 when none waits. */
	needs = 0;
	/** A head that there is no room to parse, and the bytes that XS holds it in at most. */
	waiting: { readonly text: string; readonly size: number } | undefined;
	/** Whether its connection waits for memory. */
	isWaiting = false;
	/** Whether it has waited for room for more of it, and has been granted that. */
	isGranted = false;
	/** What is done now that it waits no longer. */
	next: (() => void) | undefined;
	/** Where the current line starts. */
	#line = 0;
	/** Where the request line starts, behind empty lines. */
	#start = 0;
	/** Where the field lines start; 0 until the request line has ended. */
	#fields = 0;
	#emptyLines = 0;

	add(bytes: ArrayBuffer): void {
		this.bytes = this.bytes === undefined ? bytes : this.bytes.concat(bytes);
	}

	/**
	 * Looks at what has come since.
	 * @returns whether all of the head has come.
	 * @throws {HttpError} 400, 414 or 431.
	 */
	scan(limits: PartialLimits): boolean {
		const view = new Uint8Array(this.bytes as ArrayBuffer);
		for (let lf = view.indexOf(LF, this.#line); lf >= 0; lf = view.indexOf(LF, this.#line)) {
			if (lf === 0 || view[lf - 1] !== CR) throw new HttpError(400, "BARE_LF", "Line ends without CR");
			const empty = lf - 1 === this.#line;
			this.#line = lf + 1;
			if (!empty) this.endLine(limits);
			else if (this.#fields > 0) return true;
			else this.skipEmpty(limits);
		}
		this.checkLength(view.byteLength, limits);
		return false;
	}

	private endLine({ maxHeadBytes, maxRequestLine }: PartialLimits): void {
		if (this.#fields > 0) {
			if (this.#line - this.#fields > maxHeadBytes) throw tooLargeHead();
			return;
		}
		this.#fields = this.#line;
		if (this.#line - 2 - this.#start > maxRequestLine) throw tooLongLine();
	}

	private skipEmpty({ maxEmptyLines }: PartialLimits): void {
		this.#start = this.#line;
		if (++this.#emptyLines > maxEmptyLines) throw new HttpError(400, "EMPTY_LINES", "Request begins with empty lines");
	}

	private checkLength(length: number, { maxRequestLine, maxHeadBytes }: PartialLimits): void {
		if (this.#fields === 0) {
			if (length - this.#start > maxRequestLine + 1) throw tooLongLine();
		} else if (length - this.#fields > maxHeadBytes + 1) throw tooLargeHead();
	}

	/** Whether nothing but empty lines has come. */
	get isBlank(): boolean {
		return this.bytes !== undefined && this.#start === this.bytes.byteLength;
	}

	/** The head, once all of it has come. What is behind it becomes `rest`. */
	cut(): ArrayBuffer {
		const bytes = this.bytes as ArrayBuffer;
		if (this.#line < bytes.byteLength) this.rest = bytes.slice(this.#line);
		return bytes.slice(this.#start, this.#line);
	}

	/** Drops what has come; how many empty lines there were is remembered. @returns the bytes that were held. */
	drop(): number {
		const held = this.bytes?.byteLength ?? 0;
		this.bytes = undefined;
		this.#line = this.#start = this.#fields = 0;
		return held;
	}
}

export const tooLongLine = (): HttpError => {
	return new HttpError(414, "REQUEST_LINE_SIZE", "Request line is over the limit");
};

export const tooLargeHead = (): HttpError => {
	return new HttpError(431, "HEAD_SIZE", "Request head is over the limit");
};

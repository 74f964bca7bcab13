import { parseDecimal } from "text/ascii";
import Headers from "../headers";

/** What `readHead` says of a head, in one number: its length, how many field lines it has, and these. */
const packed = Object.freeze({
	length: 0x3fff,
	count: 14,
	counts: 0xff,
	otherMethod: 1 << 22,
	minor0: 1 << 23,
	query: 1 << 24,
	contentLength: 1 << 25,
	keepAlive: 1 << 26,
	/** Nothing has come behind it. */
	whole: 1 << 27,
	/** What a plain head (`RequestHead.isPlain`) has not, and that the connection may be kept. */
	notPlain: (1 << 22) | (1 << 23) | (1 << 25) | (1 << 26)
} as const);

/** Whether two buffers have the same bytes. */
export function isSame(this: unknown, bytes: ArrayBuffer, others: ArrayBuffer): boolean {
	return native("xs_xstls_http_head_is_same").call(this, bytes, others);
}

/**
 * Reads the head that `bytes` begins with, if it is of the kind that nearly all are (engine/http-head.h).
 * @returns what a `NativeHead` is made with; 0 when it is not of that kind, or not complete
 */
export function readHead(
	this: unknown,
	bytes: ArrayBuffer,
	maxRequestLine: number,
	maxHeadBytes: number,
	maxHeaderCount: number
): number {
	return native("xs_xstls_http_head_read").call(this, bytes, maxRequestLine, maxHeadBytes, maxHeaderCount);
}

/** The method (0) or the target (1). */
function wordOf(this: unknown, bytes: ArrayBuffer, word: number): string {
	return native("xs_xstls_http_head_word").call(this, bytes, word);
}

// Of what `readHead` has said. Numbers by themselves, for each head is asked for them.
/** Bytes of the head. */
export const lengthBits: number = packed.length;

/** What `aloneBits` are of the head of a request that has no content, and behind which nothing has come. */
export const alone: number = packed.whole;
export const aloneBits: number = packed.whole | packed.contentLength;

/** Its field lines. */
export const linesOf = (found: number): number => {
	return (found >> packed.count) & packed.counts;
};

// Looked at for each head: constants are not copied, and a property would be looked for.
const query: number = packed.query;
const notPlain: number = packed.notPlain;
const keepAlive: number = packed.keepAlive;

/** A head that `readHead` has read. Of its texts those are made that are asked for. */
export default class NativeHead {
	readonly target: string;
	readonly path: string;
	/** All of it, with the empty line. */
	readonly bytes: ArrayBuffer;
	// What nearly all have alike is their prototype's: each connection keeps a head.
	declare readonly isPlain: boolean;
	declare readonly method: string;
	declare readonly minor: 0 | 1;
	declare readonly keepAlive: boolean;
	declare readonly contentLength: number;
	/** Absent until they are asked for. */
	declare private fields: Headers | undefined;

	/** @param found what `readHead` has said of it */
	constructor(bytes: ArrayBuffer, found: number) {
		this.bytes = bytes;
		const target = wordOf(bytes, 1);
		this.target = target;
		this.path = (found & query) === 0 ? target : target.slice(0, target.indexOf("?"));
		if ((found & notPlain) !== keepAlive) define(this, found);
	}

	get search(): string {
		return this.target.slice(this.path.length + 1);
	}

	get headers(): Headers {
		this.fields ??= Headers.of(this.bytes);
		return this.fields;
	}

	get host(): string {
		return this.headers.get("host") as string;
	}
}

Object.freeze(
	Object.assign(NativeHead.prototype, { isPlain: true, method: "GET", minor: 1, keepAlive: true, contentLength: 0 })
);

/** Of one that is not plain, what it has otherwise: defined, for a prototype in flash lets nothing be set. */
const define = (head: NativeHead, found: number): void => {
	const own = (name: string, value: unknown) => Object.defineProperty(head, name, { value });
	own("isPlain", false);
	own("method", (found & packed.otherMethod) === 0 ? head.method : wordOf(head.bytes, 0));
	own("minor", (found & packed.minor0) === 0 ? 1 : 0);
	own("keepAlive", (found & keepAlive) !== 0);
	if ((found & packed.contentLength) !== 0)
		own("contentLength", parseDecimal(head.headers.get("content-length") as string));
};

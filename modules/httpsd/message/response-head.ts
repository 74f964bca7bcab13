import type Headers from "../headers";
import { clockSetAfter } from "../limits";
import { reasonPhrase } from "./status";

/** How the end of a response's content is marked (RFC 9112 §6): by its length, by chunks, by closing; or there is none. */
export type ResponseFraming = "none" | "chunked" | "close" | number;

/** Each response asks for it: two properties, of a global object that is looked for among all others. */
const now = Date.now;

// The same for all servers, since there is one clock: the `Date` field line, and when its second began.
let dateLine: string | undefined;
let dateStart: number | undefined;

/**
 * A response head as it is sent, with the empty line at its end.
 * @param fields the response's field lines, each with its CRLF. Those for date, framing and connection are added.
 * @param framing length in bytes when it is known; `"none"` for a status that has no content (1xx, 204, 304).
 * @param keepAlive for `Connection: keep-alive` or `close`; `undefined` for neither.
 * @param upgrade for `Upgrade`: the protocol that the connection changes to, or those that it could.
 */
export const encodeHead = (
	status: number,
	fields: Headers | string,
	framing: ResponseFraming,
	keepAlive: boolean | undefined,
	upgrade?: string
): string => {
	let text = (status === 200 ? okLine : statusLine(status)) + dateField() + fields.toString();
	if (typeof framing === "number") text += `content-length: ${framing}\r\n`;
	else if (framing === "chunked") text += "transfer-encoding: chunked\r\n";
	return `${text}${connectionFields(keepAlive, upgrade)}\r\n`;
};

const connectionFields = (keepAlive: boolean | undefined, upgrade: string | undefined): string => {
	const upgrades = upgrade === undefined ? "" : `connection: upgrade\r\nupgrade: ${upgrade}\r\n`;
	return keepAlive === undefined ? upgrades : `${upgrades}connection: ${keepAlive ? "keep-alive" : "close"}\r\n`;
};

/** Whether a text is US-ASCII, without NULs, not empty, and has at most so many characters. */
export function isShortText(this: unknown, text: string, most: number): boolean {
	return native("xs_xstls_http_response_is_short").call(this, text, most);
}

/**
 * What `encodeHead` makes, with a text behind it that `isShortText`. In C, since XS copies all that there is of a text
 * each time that something is joined to it.
 * @param type for `Content-Type`, unless the fields have it.
 */
export const encodeWhole = (
	status: number,
	fields: Headers | undefined,
	type: string | undefined,
	keepAlive: boolean | undefined,
	upgrade: string | undefined,
	content: string
): ArrayBuffer => {
	const start = status === 200 ? okLine : statusLine(status);
	const behind = keepAlive === undefined && upgrade === undefined ? undefined : connectionFields(keepAlive, upgrade);
	return writeWhole(start, dateField(), fields?.toString(), type, behind, content, undefined) as ArrayBuffer;
};

/** The same for what most responses are: a 200 with no field but `Content-Type`. `undefined` of a text that is not short. */
export const encodeOk = (type: string, content: string, most: number): ArrayBuffer | undefined => {
	const age = now() - (dateStart as number);
	const date = age >= 0 && age < 1000 ? dateLine : dateField();
	return writeWhole(okLine, date as string, undefined, type, undefined, content, most);
};

/** @param most characters, where a longer text, or one that is not short, is not written. */
function writeWhole(
	this: unknown,
	start: string,
	date: string,
	fields: string | undefined,
	type: string | undefined,
	behind: string | undefined,
	content: string,
	most: number | undefined
): ArrayBuffer | undefined {
	return native("xs_xstls_http_response_write").call(this, start, date, fields, type, behind, content, most);
}

/** Written out, for most responses begin with it. */
const okLine = "HTTP/1.1 200 OK\r\n";

const statusLine = (status: number): string => {
	return `HTTP/1.1 ${status} ${reasonPhrase(status)}\r\n`;
};

/** The `Date` field line, or nothing while the clock has not been set (RFC 9110 §6.6.1). */
const dateField = (): string => {
	const now = Date.now();
	const age = now - (dateStart as number);
	if (!(age >= 0 && age < 1000)) {
		dateStart = now - (now % 1000);
		dateLine = now < clockSetAfter ? "" : `date: ${new Date(now).toUTCString()}\r\n`;
	}
	return dateLine as string;
};

/** The line before a chunk's content (RFC 9112 §7.1). */
export const chunkStart = (length: number): string => {
	return `${length.toString(16)}\r\n`;
};

/** What follows a chunk's content. */
export const chunkEnd = "\r\n";

/** Fields that are needed before the content, to frame, route or process the message (RFC 9110 §6.5.1). */
const notTrailers = Object.freeze([
	"content-length",
	"transfer-encoding",
	"connection",
	"host",
	"trailer",
	"content-type",
	"set-cookie"
]);

/**
 * What ends a chunked body.
 * @param trailers fields to send behind the content.
 * @throws {TypeError} for a field that can't be a trailer.
 */
export const lastChunk = (trailers?: Headers): string => {
	if (trailers === undefined) return "0\r\n\r\n";
	for (const name of notTrailers)
		if (trailers.has(name)) throw new TypeError(`Header ${name} can't come behind the content`);
	return `0\r\n${trailers.toString()}\r\n`;
};

/** A whole response to what could not be parsed, with `Connection: close`. It has the status only. */
export const encodeError = (status: number): string => {
	const text = errorText(status);
	const fields = status === 503 ? "retry-after: 1\r\ncontent-type: text/plain\r\n" : "content-type: text/plain\r\n";
	return encodeHead(status, fields, text.length, false) + text;
};

/** The content of an error response: the status and its phrase. */
export const errorText = (status: number): string => {
	return `${status} ${reasonPhrase(status)}\n`;
};

import HttpError from "../http-error";
import { filePiece } from "../limits";
import type Request from "../request";
import type Response from "../response";
import { evaluateConditions, rangeApplies, type Validators } from "../values/conditions";
import { formatDate } from "../values/http-date";
import { type ByteRange, contentRange, parseRanges } from "../values/range";

/** Content of known length that can be read at any place. */
export interface StoredFile extends Validators {
	/** Length in bytes. */
	readonly length: number;
	/**
	 * Whether `read()` gives views of what is there anyway, in memory or in flash: then a range is read at once,
	 * however long it is. Otherwise it is read in pieces as the client takes them.
	 */
	readonly isMapped: boolean;
	/** Bytes from `start` to `end`. They must not change until they have been sent. */
	read(start: number, end: number): Uint8Array | Promise<Uint8Array>;
	/** Called once when the file is not read any more. */
	close?(): void;
}

/**
 * Answers GET and HEAD with a file or with the ranges of it that were asked for, or with 304, 412 or 416 (RFC 9110
 * §13, §14). Sets the validators; other fields are the caller's.
 * @param type the media type.
 * @throws {HttpError} 412 or 416.
 */
export async function sendFile(request: Request, response: Response, file: StoredFile, type: string): Promise<void> {
	try {
		const ranges = negotiate(request, response, file);
		if (ranges === undefined) return;
		if (ranges.length > 1) await sendParts(response, file, type, ranges);
		else await sendRange(request, response.type(type), file, ranges[0]);
	} finally {
		file.close?.();
	}
}

/** The ranges to send, none for all of the file; `undefined` when the answer was 304. */
const negotiate = (request: Request, response: Response, file: StoredFile): ByteRange[] | undefined => {
	const { method, headers } = request;
	const result = evaluateConditions(method, headers, file);
	if (result === "failed") throw new HttpError(412, "PRECONDITION", "File is not in the state that was asked for");
	if (file.etag !== undefined) response.header("etag", file.etag);
	if (file.modified !== undefined) response.header("last-modified", formatDate(file.modified));
	if (result === "not modified") {
		response.status(304).send();
		return undefined;
	}
	response.header("accept-ranges", "bytes");
	const value = method === "GET" ? headers.get("range") : undefined;
	if (value === undefined || !rangeApplies(headers, file)) return [];
	const ranges = parseRanges(value, file.length);
	if (ranges?.length !== 0) return ranges ?? [];
	response.header("content-range", contentRange(undefined, file.length));
	throw new HttpError(416, "RANGE", "File has none of the ranges that were asked for");
};

async function sendRange(
	request: Request,
	response: Response,
	file: StoredFile,
	range: ByteRange | undefined
): Promise<void> {
	if (range !== undefined) response.status(206).header("content-range", contentRange(range, file.length));
	const { start, end } = range ?? { start: 0, end: file.length };
	response.length(end - start);
	if (request.method !== "HEAD") await writeRange(response, file, start, end);
	response.end();
}

/** Several ranges as `multipart/byteranges` (RFC 9110 §14.6). */
async function sendParts(
	response: Response,
	file: StoredFile,
	type: string,
	ranges: readonly ByteRange[]
): Promise<void> {
	const boundary = `part-${String(Math.random()).slice(2)}${String(Math.random()).slice(2)}`;
	const heads = ranges.map(
		range => `\r\n--${boundary}\r\ncontent-type: ${type}\r\ncontent-range: ${contentRange(range, file.length)}\r\n\r\n`
	);
	const end = `\r\n--${boundary}--\r\n`;
	const content = ranges.reduce((sum, range) => sum + range.end - range.start, 0);
	response.status(206).header("content-type", `multipart/byteranges; boundary=${boundary}`);
	response.length(content + heads.join("").length + end.length);
	for (const [index, range] of ranges.entries()) {
		await response.write(heads[index] as string);
		await writeRange(response, file, range.start, range.end);
	}
	response.end(end);
}

async function writeRange(response: Response, file: StoredFile, start: number, end: number): Promise<void> {
	const step = file.isMapped ? end - start : filePiece;
	for (let at = start; at < end && !response.gone; at += step)
		await response.write(await file.read(at, Math.min(end, at + step)), file.isMapped);
}

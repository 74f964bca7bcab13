import { lowerCase, parseDecimal } from "text/ascii";
import type Headers from "../headers";
import HttpError from "../http-error";
import { listMembers } from "../values/lists";
import { isAuthority } from "./authority";
import type { RequestLine } from "./request-line";

/** What the head of a request says about its body and its connection. */
export interface Framing {
	/** Length of the body in bytes; 0 without a body, `undefined` when it is chunked. */
	readonly contentLength: number | undefined;
	/** Whether another request may follow on the connection (RFC 9112 §9.3). */
	readonly keepAlive: boolean;
	/** Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1). */
	readonly expectContinue?: boolean;
	/** Host and port that the request is for; empty only for HTTP/1.0 without a Host. */
	readonly host: string;
}

/**
 * How a request is framed (RFC 9112 §6). What two recipients could see differently is refused, since requests are
 * smuggled by it.
 * @throws {HttpError} 400, 417 or 501.
 */
export const framingOf = (line: RequestLine, headers: Headers): Framing => {
	const host = hostOf(line, headers);
	const contentLength = lengthOf(line, headers);
	return {
		host,
		contentLength,
		keepAlive: keepsAlive(line, headers),
		expectContinue: expectsContinue(line, headers)
	};
};

const hostOf = (line: RequestLine, headers: Headers): string => {
	const count = headers.occurrences("host");
	if (count === 2) throw new HttpError(400, "HOST", "Request has several Host fields");
	if (count === 0) {
		if (line.minor === 1) throw new HttpError(400, "HOST", "Request has no Host field");
		return line.authority ?? "";
	}
	const host = headers.get("host") as string;
	if (!isAuthority(host)) throw new HttpError(400, "HOST", "Host field is not a host and an optional port");
	return line.authority ?? host;
};

const lengthOf = (line: RequestLine, headers: Headers): number | undefined => {
	const lengths = headers.occurrences("content-length");
	if (headers.occurrences("transfer-encoding") > 0) {
		if (lengths > 0) throw new HttpError(400, "FRAMING", "Request has both Transfer-Encoding and Content-Length");
		if (line.minor === 0) throw new HttpError(400, "FRAMING", "HTTP/1.0 request has a Transfer-Encoding");
		checkCodings(headers);
		return undefined;
	}
	if (lengths === 0) return 0;
	const length = lengths === 1 ? parseDecimal(headers.get("content-length") as string) : undefined;
	if (length === undefined) throw new HttpError(400, "CONTENT_LENGTH", "Content-Length is not one decimal number");
	return length;
};

const checkCodings = (headers: Headers): void => {
	const value = lowerCase(headers.get("transfer-encoding") as string);
	if (value === "chunked") return;
	const codings = listMembers(value);
	if (codings.at(-1) !== "chunked" || codings.indexOf("chunked") !== codings.length - 1)
		throw new HttpError(400, "TRANSFER_ENCODING", "Transfer-Encoding does not end in chunked, once");
	if (codings.length > 1) throw new HttpError(501, "TRANSFER_ENCODING", "Transfer-Encoding is more than chunked");
	throw new HttpError(400, "TRANSFER_ENCODING", "Transfer-Encoding has empty members");
};

const keepsAlive = (line: RequestLine, headers: Headers): boolean => {
	const value = headers.get("connection");
	if (value === undefined || value === "keep-alive") return line.minor === 1 || value !== undefined;
	const options = listMembers(value);
	return !options.includes("close") && (line.minor === 1 || options.includes("keep-alive"));
};

const expectsContinue = (line: RequestLine, headers: Headers): boolean => {
	const value = headers.get("expect");
	if (value === undefined || line.minor === 0) return false;
	if (value.toLowerCase() !== "100-continue") throw new HttpError(417, "EXPECT", "Expectation is not 100-continue");
	return true;
};

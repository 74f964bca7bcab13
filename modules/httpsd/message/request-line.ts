import { isDigits, isToken, isVisible } from "text/ascii";
import HttpError from "../http-error";
import { hasBadEscape } from "../values/percent";
import { hasPort, isAuthority } from "./authority";

/** The parts of a request line (RFC 9112 §3). */
export interface RequestLine {
	/** The method, case-sensitive. */
	readonly method: string;
	/** The request target as it came. */
	readonly target: string;
	/** The path of the target, still percent-encoded; `"*"` for an asterisk-form, `""` for an authority-form. */
	readonly path: string;
	/** What stands behind the first `?`, without it; empty when there is none. */
	readonly search: string;
	/** The authority of an absolute-form or authority-form target; else there is no such property, to save memory. */
	readonly authority?: string;
	/** Minor version of HTTP/1. */
	readonly minor: 0 | 1;
}

/**
 * Parses a request line that has no control characters.
 * @throws {HttpError} 400 for what RFC 9112 does not allow, 505 for another major version.
 */
export const parseRequestLine = (line: string): RequestLine => {
	const parts = line.split(" ", 4);
	if (parts.length !== 3) throw new HttpError(400, "REQUEST_LINE", "Request line is not three parts and two spaces");
	const method = parts[0] as string;
	const target = parts[1] as string;
	if (method !== "GET" && !isToken(method)) throw new HttpError(400, "METHOD", "Request method is not a token");
	const minor = minorVersion(parts[2] as string);
	if (target === "" || !isVisible(target) || target.includes("#"))
		throw new HttpError(400, "TARGET", "Request target has characters that are not allowed");
	if (method === "CONNECT") return authorityForm(method, target, minor);
	if (target.startsWith("/")) return originForm(method, target, target, undefined, minor);
	if (target === "*" && method === "OPTIONS") return { method, target, path: "*", search: "", minor };
	return absoluteForm(method, target, minor);
};

const minorVersion = (protocol: string): 0 | 1 => {
	if (protocol === "HTTP/1.1") return 1;
	if (protocol === "HTTP/1.0") return 0;
	if (!isVersion(protocol)) throw new HttpError(400, "VERSION", "Request line does not end in an HTTP version");
	if (!protocol.startsWith("HTTP/1")) throw new HttpError(505, "VERSION", "HTTP version is not 1.0 or 1.1");
	return 1;
};

/** Whether `text` is `HTTP/` and two digits with a point between them. */
const isVersion = (text: string): boolean => {
	const [major = "", minor = "", ...more] = text.slice(5).split(".", 3);
	return text.startsWith("HTTP/") && isDigit(major) && isDigit(minor) && more.length === 0;
};

const isDigit = (text: string): boolean => {
	return text.length === 1 && isDigits(text);
};

const originForm = (
	method: string,
	target: string,
	pathAndSearch: string,
	authority: string | undefined,
	minor: 0 | 1
): RequestLine => {
	const mark = pathAndSearch.indexOf("?");
	const path = mark < 0 ? pathAndSearch : pathAndSearch.slice(0, mark);
	if (hasBadEscape(path)) throw new HttpError(400, "TARGET", "Request path has a bad percent-encoding");
	const search = mark < 0 ? "" : pathAndSearch.slice(mark + 1);
	if (authority === undefined) return { method, target, path, search, minor };
	return { method, target, path, search, authority, minor };
};

const authorityForm = (method: string, target: string, minor: 0 | 1): RequestLine => {
	if (!isAuthority(target) || !hasPort(target))
		throw new HttpError(400, "TARGET", "CONNECT target is not a host and a port");
	return { method, target, path: "", search: "", authority: target, minor };
};

const absoluteForm = (method: string, target: string, minor: 0 | 1): RequestLine => {
	const start = schemeLength(target);
	const end = authorityEnd(target, start);
	const authority = target.slice(start, end);
	if (start === 0 || !isAuthority(authority))
		throw new HttpError(400, "TARGET", "Request target is not a path, nor an http(s) URI");
	const rest = target.slice(end);
	if (rest === "" && method === "OPTIONS") return { method, target, path: "*", search: "", authority, minor };
	return originForm(method, target, rest.startsWith("/") ? rest : `/${rest}`, authority, minor);
};

/** Length of the `http://` or `https://` at the start; 0 when there is none. */
const schemeLength = (target: string): number => {
	const start = target.slice(0, 8).toLowerCase();
	if (start === "https://") return 8;
	return start.startsWith("http://") ? 7 : 0;
};

/** Where the authority that begins at `start` ends: at the path or the query, if there is one. */
const authorityEnd = (target: string, start: number): number => {
	const slash = target.indexOf("/", start);
	const mark = target.indexOf("?", start);
	if (mark < 0 || (slash >= 0 && slash < mark)) return slash < 0 ? target.length : slash;
	return mark;
};

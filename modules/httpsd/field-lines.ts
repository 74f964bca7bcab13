import { isFieldText, isToken, trimSpace } from "./ascii";
import Headers from "./headers";
import HttpError from "./http-error";

/** Names that need neither check nor conversion, as clients spell them. */
const known = new Map<string, string>(
	[
		"Accept",
		"Accept-Encoding",
		"Accept-Language",
		"Authorization",
		"Cache-Control",
		"Connection",
		"Content-Disposition",
		"Content-Length",
		"Content-Type",
		"Cookie",
		"Expect",
		"Host",
		"If-Modified-Since",
		"If-None-Match",
		"Origin",
		"Pragma",
		"Range",
		"Referer",
		"Sec-Fetch-Dest",
		"Sec-Fetch-Mode",
		"Sec-Fetch-Site",
		"Sec-WebSocket-Extensions",
		"Sec-WebSocket-Key",
		"Sec-WebSocket-Version",
		"Transfer-Encoding",
		"Upgrade",
		"Upgrade-Insecure-Requests",
		"User-Agent"
	].flatMap(name => [
		[name, name.toLowerCase()],
		[name.toLowerCase(), name.toLowerCase()]
	])
);

/**
 * Parses field lines (RFC 9112 §5) into headers. Folded lines, spaces around the name and control characters are
 * refused; spaces around a value are taken away.
 * @param lines the lines without CRLF; those from `start` on are parsed.
 * @throws {HttpError} 400.
 */
export function parseFieldLines(lines: readonly string[], start: number): Headers {
	if (!isFieldText(lines.join(""))) throw new HttpError(400, "CONTROL_CHARACTER", "Control character in the head");
	const headers = new Headers();
	for (let index = start; index < lines.length; index++) {
		const line = lines[index] as string;
		const colon = line.indexOf(":");
		const name = colon < 0 ? "" : line.slice(0, colon);
		// As nearly every line is: one space, which is not worth looking for another.
		const start = line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
		headers.add(known.get(name) ?? lowerCaseName(name), trimSpace(line.slice(start)));
	}
	return headers;
}

function lowerCaseName(name: string): string {
	if (!isToken(name)) throw new HttpError(400, "HEADER_NAME", "Field line does not begin with a name and a colon");
	return name.toLowerCase();
}

import { isToken } from "text/ascii";
import HttpError from "../http-error";

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
 * The name of a field as it is kept: in lower case.
 * @throws {HttpError} 400 when it is no token.
 */
export const fieldName = (name: string): string => {
	return known.get(name) ?? lowerCaseName(name);
};

const lowerCaseName = (name: string): string => {
	if (!isToken(name)) throw new HttpError(400, "HEADER_NAME", "Field line does not begin with a name and a colon");
	return name.toLowerCase();
};

const phrases: Readonly<Record<number, string>> = Object.freeze({
	100: "Continue",
	101: "Switching Protocols",
	200: "OK",
	201: "Created",
	202: "Accepted",
	203: "Non-Authoritative Information",
	204: "No Content",
	205: "Reset Content",
	206: "Partial Content",
	300: "Multiple Choices",
	301: "Moved Permanently",
	302: "Found",
	303: "See Other",
	304: "Not Modified",
	307: "Temporary Redirect",
	308: "Permanent Redirect",
	400: "Bad Request",
	401: "Unauthorized",
	402: "Payment Required",
	403: "Forbidden",
	404: "Not Found",
	405: "Method Not Allowed",
	406: "Not Acceptable",
	408: "Request Timeout",
	409: "Conflict",
	410: "Gone",
	411: "Length Required",
	412: "Precondition Failed",
	413: "Content Too Large",
	414: "URI Too Long",
	415: "Unsupported Media Type",
	416: "Range Not Satisfiable",
	417: "Expectation Failed",
	421: "Misdirected Request",
	422: "Unprocessable Content",
	426: "Upgrade Required",
	428: "Precondition Required",
	429: "Too Many Requests",
	431: "Request Header Fields Too Large",
	500: "Internal Server Error",
	501: "Not Implemented",
	502: "Bad Gateway",
	503: "Service Unavailable",
	504: "Gateway Timeout",
	505: "HTTP Version Not Supported"
});

/** The reason phrase of a status code (RFC 9110 §15); empty for a code that is not registered here. */
export const reasonPhrase = (status: number): string => {
	return phrases[status] ?? "";
};

/** Whether a response of that status has no content, whatever was asked (RFC 9110 §6.4.1). */
export const isBodiless = (status: number): boolean => {
	return status === 204 || status === 304 || status < 200;
};

/** @throws {TypeError} when a response with that status has no content; a 205 says so (RFC 9110 §15.3.6). */
export const checkContent = (status: number): void => {
	if (status !== 200 && (status === 205 || isBodiless(status)))
		throw new TypeError(`Response with status ${status} has no content`);
};

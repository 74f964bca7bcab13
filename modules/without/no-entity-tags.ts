// In the place of httpsd/files/content.

import { encodeText } from "text/utf8";

interface Answer {
	type(name: string): Answer;
	send(content: ArrayBuffer, isKept: boolean): void;
}

/** What `server.content()` calls: a handler that sends the whole content each time. */
export const serveContent = (
	type: string,
	content: string | ArrayBuffer
): ((request: unknown, response: Answer) => void) => {
	const bytes = typeof content === "string" ? encodeText(content) : content;
	return (_request, response) => response.type(type).send(bytes, true);
};

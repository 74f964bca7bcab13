import { encodeText } from "text/utf8";
import { kept } from "../async/promises";
import { requireContent } from "../content/source";
import type Request from "../request";
import type Response from "../response";
import { mapped } from "./mapped";
import { type StoredFile, sendFile } from "./response";

/**
 * A handler that sends the same content each time: whole, or in ranges, or 304 by its entity tag.
 * @throws {TypeError} when it is neither text nor bytes.
 */
export const serveContent = (
	type: string,
	content: string | ArrayBuffer
): ((request: Request, response: Response) => void | Promise<void>) => {
	requireContent(content, "JSON.stringify()");
	const bytes = toBuffer(content);
	let hashing: Promise<StoredFile> | undefined;
	let file: StoredFile | undefined;
	const answer = async (request: Request, response: Response) => {
		hashing ??= kept(mapped(bytes), () => {
			hashing = undefined;
		});
		file = await hashing;
		await sendFile(request, response, file, type);
	};
	return (request, response) => {
		if (file === undefined || asksForPart(request)) return answer(request, response);
		// What nearly every request asks for, without a promise.
		response.header("etag", file.etag as string).header("accept-ranges", "bytes");
		response.type(type).send(bytes, true);
	};
};

const toBuffer = (content: string | ArrayBuffer | Uint8Array): ArrayBuffer => {
	if (typeof content === "string") return encodeText(content);
	return content instanceof ArrayBuffer ? content : (content.slice().buffer as ArrayBuffer);
};

/** Whether the answer may be other than the whole content. It has no date that a condition could be about. */
const asksForPart = ({ headers }: Request): boolean => {
	return headers.has("if-none-match") || headers.has("if-match") || headers.has("range");
};

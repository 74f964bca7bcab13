import { isDigits } from "text/ascii";
import { isDeeper } from "text/json-depth";
import { estimateJson } from "text/json-memory";
import { decodeText, encodeText } from "text/utf8";
import HttpError from "./http-error";
import { defaultLimits } from "./limits";

/** XS's own: an array in the place of the function names the properties that are taken over. */
type JsonParse = (text: string, names: readonly string[]) => unknown;

/**
 * Parses JSON that somebody else has made: a request's content, a WebSocket's message. XS keeps the name of each
 * property that it has ever seen, so only those are taken over that are named; others are left out, at any depth.
 *
 * ```ts
 * message: (socket, data) => trace((parseJson(data, ["say"]) as { say?: unknown }).say)
 * ```
 * @param json text, or its bytes in UTF-8.
 * @throws {HttpError} 400 when it is not UTF-8, not JSON, or nests deeper than `maxDepth`; 413 when its values
 * take more than `maxMemory` bytes: a value takes up to 32, whatever its text.
 * @throws {TypeError} when `names` is no array, or has an array's index, such as `"0"`, which XS leaves out.
 */
export const parseJson = (
	json: string | ArrayBuffer,
	names: readonly string[],
	maxDepth: number = defaultLimits.maxJsonDepth,
	maxMemory: number = defaultLimits.maxJsonMemory
): unknown => {
	if (!Array.isArray(names) || names.some(isArrayIndex))
		throw new TypeError("JSON is parsed with the names of its properties, and an array's index is none");
	const isText = typeof json === "string";
	const bytes = isText ? encodeText(json) : json;
	if (isDeeper(bytes, maxDepth)) throw new HttpError(400, "BODY_JSON_DEPTH", "JSON nests too deep");
	jsonMemory(bytes, maxMemory);
	const text = isText ? json : decodeText(json);
	if (text === undefined) throw new HttpError(400, "BODY_TEXT", "JSON is not UTF-8");
	try {
		return (JSON.parse as unknown as JsonParse)(text, names);
	} catch {
		throw new HttpError(400, "BODY_JSON", "Text is not JSON");
	}
};

/** Bytes that the values of JSON take at most. @throws {HttpError} 413 when they are more than `max`. */
export const jsonMemory = (json: ArrayBuffer, max: number): number => {
	const bytes = estimateJson(json, max);
	if (bytes > max) throw new HttpError(413, "BODY_JSON_SIZE", "JSON has too many values");
	return bytes;
};

const isArrayIndex = (name: string): boolean => {
	return isDigits(name) && (name === "0" || !name.startsWith("0"));
};

import { isVisible } from "text/ascii";
import { isDeeper } from "text/json-depth";
import { estimateJson } from "text/json-memory";
import { decodeText } from "text/utf8";
import { invalidAnswer } from "../error";
import { limits } from "../limits";
import type { Answer } from "./steps";

/** Properties that are read of the CA's JSON. Others make no name in XS, which would keep it for ever. */
const names = Object.freeze([
	"newNonce",
	"newAccount",
	"newOrder",
	"revokeCert",
	"renewalInfo",
	"meta",
	"externalAccountRequired",
	"status",
	"authorizations",
	"finalize",
	"certificate",
	"error",
	"identifier",
	"value",
	"challenges",
	"type",
	"url",
	"token",
	"detail",
	"subproblems",
	"suggestedWindow",
	"start",
	"end"
]);

/** XS's own: an array in the place of the function names the properties that are taken over. */
type JSONParse = (text: string, names: readonly string[]) => unknown;

/** An object of the CA, whose properties may be anything. */
export type Fields = { readonly [name: string]: unknown };

const isFields = (value: unknown): value is Fields => {
	return typeof value === "object" && value !== null && !Array.isArray(value);
};

const nothing = Object.freeze(new ArrayBuffer(0));

/** Takes the text out of an answer, so that there are two of it at most: bytes and text, or text and values. */
const takeText = (answer: Pick<Answer, "content">): string | undefined => {
	const { content } = answer;
	answer.content = nothing;
	const isBounded = !isDeeper(content, limits.maxDepth) && estimateJson(content, limits.maxValues) <= limits.maxValues;
	return isBounded ? decodeText(content) : undefined;
};

/** Reads the content, which the answer no longer has. @throws {ACMEError} `ANSWER_INVALID` */
export const readObject = (answer: Pick<Answer, "content">): Fields => {
	const text = takeText(answer);
	let value: unknown;
	try {
		if (text !== undefined) value = (JSON.parse as unknown as JSONParse)(text, names);
	} catch {
		// As if it were no object.
	}
	if (!isFields(value)) throw invalidAnswer("no JSON that can be read");
	return value;
};

/** A property that is an object; an empty one in the place of anything else. */
export const objectOf = (fields: Fields, name: string): Fields => {
	const value = fields[name];
	return isFields(value) ? value : {};
};

/** The objects of a property that is an array; none of anything else. */
export const objectsOf = (fields: Fields, name: string): readonly Fields[] => {
	const value = fields[name];
	return Array.isArray(value) ? value.filter(isFields) : [];
};

export const textOf = (fields: Fields, name: string): string | undefined => {
	const value = fields[name];
	return typeof value === "string" ? value : undefined;
};

/** The value, if it is a URL over TLS that can stand in a request. */
export const toURL = (value: unknown): string | undefined => {
	if (typeof value !== "string" || value.length > limits.maxURL) return undefined;
	return value.startsWith("https://") && isVisible(value) ? value : undefined;
};

/** @throws {ACMEError} `ANSWER_INVALID` when the property is no URL over TLS */
export const urlOf = (fields: Fields, name: string): string => {
	const url = toURL(fields[name]);
	if (url === undefined) throw invalidAnswer(`no URL ${name}`);
	return url;
};

import { isToken, trimSpace } from "text/ascii";
import { replaceEvery } from "text/replace";
import { fieldLimits } from "../limits";
import { decodeExtended, decodeWords, unescapeName } from "./sent-names";

/** What `Content-Disposition` says of a form's part (RFC 7578 §4.2). */
export interface Disposition {
	readonly name: string;
	/** As the client wrote it, folders and all. */
	readonly filename: string | undefined;
}

/** By name in lower case: values, of which those with quotes have been unescaped. */
type Parameters = Map<string, string>;

/**
 * Parses the field as programs write it: not all escape a quote or a backslash in a name, so a quoted value ends at the
 * quote that a semicolon or the end follows. Encoded names go before others.
 * @returns `undefined` when it is not `form-data`, malformed, has no name, or one of its parameters twice.
 */
export const parseDisposition = (text: string): Disposition | undefined => {
	const semicolon = text.indexOf(";");
	if (semicolon < 0 || trimSpace(text.slice(0, semicolon)).toLowerCase() !== "form-data") return undefined;
	const parameters = parseLoosely(text.slice(semicolon));
	const name = parameters && nameOf(parameters, "name");
	if (name === undefined) return undefined;
	const filename = nameOf(parameters as Parameters, "filename");
	// What has a name that cannot be read is a file all the same.
	return { name, filename: filename ?? (parameters?.has("filename*") ? "" : undefined) };
};

const nameOf = (parameters: Parameters, key: string): string | undefined => {
	const extended = parameters.get(`${key}*`);
	const decoded = extended === undefined ? undefined : decodeExtended(extended);
	const plain = parameters.get(key);
	return decoded ?? (plain === undefined ? undefined : decodeWords(plain));
};

/** The text is split, not walked through: to get to a place in a text, XS counts from its start. */
const parseLoosely = (text: string): Parameters | undefined => {
	const most = fieldLimits.maxParameters;
	const pieces = text.split('"', 4 * most + 1);
	if (pieces.length > 4 * most) return undefined;
	const ends = pieces.map((_, index) => mayEnd(pieces, index));
	const last = ends.lastIndexOf(true);
	const parameters: Parameters = new Map();
	for (let at = 0; at < pieces.length; at++) {
		const pairs = (pieces[at] as string).split(";", most + 1);
		if (pairs.length > most) return undefined;
		const isQuoted = at + 1 < pieces.length;
		const before = isQuoted ? (pairs.pop() as string) : "";
		if (pairs.some(pair => !keep(parameters, pair))) return undefined;
		if (!isQuoted) break;
		let value = pieces[++at] as string;
		while (!ends[at] || (at < last && isEscaped(value))) {
			if (++at >= pieces.length) return undefined;
			value += `"${pieces[at]}`;
		}
		if (!keep(parameters, before, unescapeName(value))) return undefined;
	}
	return parameters;
};

/** Whether a quoted value may end with a piece: a semicolon follows its quote, or nothing. */
const mayEnd = (pieces: readonly string[], index: number): boolean => {
	const next = pieces[index + 1];
	if (next === undefined) return false;
	const text = trimSpace(next);
	return text.startsWith(";") || (text === "" && index + 2 === pieces.length);
};

/** Whether the quote behind a text is escaped, by an odd number of backslashes. */
const isEscaped = (text: string): boolean => {
	return replaceEvery(text, "\\\\", "").endsWith("\\");
};

/** Keeps a pair, or what stands before a quoted value. @returns whether it is well-formed and new. */
const keep = (parameters: Parameters, text: string, quoted?: string): boolean => {
	const pair = trimSpace(text);
	if (pair === "") return quoted === undefined;
	const equals = pair.indexOf("=");
	const name = trimSpace(pair.slice(0, Math.max(equals, 0))).toLowerCase();
	const plain = trimSpace(pair.slice(equals + 1));
	if (!isToken(name) || parameters.has(name) || (quoted !== undefined && plain !== "")) return false;
	parameters.set(name, quoted ?? plain);
	return true;
};

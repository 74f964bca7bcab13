import { hasAny, isSpace, isToken, isVisible, trimSpace } from "text/ascii";
import { replaceEvery } from "text/replace";
import { fieldLimits } from "../limits";

/** A field value with parameters (RFC 9110 §5.6.6), such as that of `Content-Type` or `Content-Disposition`. */
export interface Parameterized {
	/** What stands before the first semicolon, in lower case. */
	readonly value: string;
	/** Parameters by name in lower case; quotes are taken off. */
	readonly parameters: ReadonlyMap<string, string>;
}

/** Control characters, which no field has: they stand for what is escaped until the text has been split at its quotes. */
const backslash = "\x01";
const quote = "\x02";

/** Parses `value; name=token; name="quoted"`. @returns `undefined` when it is malformed or a name comes twice. */
export const parseParameterized = (text: string): Parameterized | undefined => {
	const semicolon = text.indexOf(";");
	if (semicolon < 0) return { value: trimSpace(text).toLowerCase(), parameters: new Map() };
	const parameters = parseParameters(text.slice(semicolon), ";");
	if (parameters === undefined) return undefined;
	return { value: trimSpace(text.slice(0, semicolon)).toLowerCase(), parameters };
};

/**
 * Parses `name=value` pairs, each behind one or more separators. The text is split, not walked through: to get to a
 * place in a text, XS counts from its start.
 * @returns `undefined` when the text is malformed, a name comes twice, or there are more than
 * `fieldLimits.maxParameters`.
 */
export const parseParameters = (text: string, separator: ";" | ","): Map<string, string> | undefined => {
	if (text.includes(backslash) || text.includes(quote)) return undefined;
	const most = fieldLimits.maxParameters;
	const bare = replaceEvery(replaceEvery(text, "\\\\", backslash), '\\"', quote);
	const pieces = bare.split('"', 2 * most + 2);
	if (pieces.length % 2 === 0) return undefined;
	const parameters = new Map<string, string>();
	let count = 0;
	for (let at = 0; at < pieces.length; at += 2) {
		const quoted = pieces[at + 1];
		const pairs = (pieces[at] as string).split(separator, most + 2);
		count += pairs.length - 1;
		if (count > most || !isSpace(pairs[0] as string) || (at === 0 && pairs[0] !== "")) return undefined;
		if (quoted !== undefined && pairs.length === 1) return undefined;
		for (let index = 1; index < pairs.length; index++) {
			const value = index === pairs.length - 1 && quoted !== undefined ? unquote(quoted) : undefined;
			if (!keep(parameters, pairs[index] as string, value)) return undefined;
		}
	}
	return parameters;
};

/** Keeps a pair, or what stands before a quoted value. @returns whether it is well-formed and new. */
const keep = (parameters: Map<string, string>, text: string, quoted: string | undefined): boolean => {
	const trimmed = trimSpace(text);
	if (trimmed === "") return quoted === undefined;
	const equals = trimmed.indexOf("=");
	const name = trimmed.slice(0, Math.max(equals, 0));
	const plain = trimmed.slice(equals + 1);
	if (!isToken(name) || !isUnquoted(plain)) return false;
	if (quoted !== undefined && !text.endsWith("=")) return false;
	const key = name.toLowerCase();
	if (parameters.has(key)) return false;
	parameters.set(key, quoted ?? replaceEvery(plain, backslash, "\\\\"));
	return true;
};

/** Whether `text` may be a value without quotes: not all that is so is a token. */
const isUnquoted = (text: string): boolean => {
	if (hasAny(text, ' \t\v\f",;') || text.includes(quote)) return false;
	// White space beyond US-ASCII, which is what trim() knows of.
	for (const character of isVisible(text) ? "" : text) if (character.trim() === "") return false;
	return true;
};

const unquote = (quoted: string): string => {
	return replaceEvery(replaceEvery(replaceEvery(quoted, "\\", ""), quote, '"'), backslash, "\\");
};

import { trimSpace } from "./ascii";

/** A field value with parameters (RFC 9110 §5.6.6), such as that of `Content-Type` or `Content-Disposition`. */
export interface Parameterized {
	/** What stands before the first semicolon, in lower case. */
	readonly value: string;
	/** Parameters by name in lower case; quotes are taken off. */
	readonly parameters: ReadonlyMap<string, string>;
}

/** Parses `value; name=token; name="quoted"`. @returns `undefined` when it is malformed or a name comes twice. */
export function parseParameterized(text: string): Parameterized | undefined {
	const semicolon = text.indexOf(";");
	if (semicolon < 0) return { value: trimSpace(text).toLowerCase(), parameters: new Map() };
	const parameters = parseParameters(text.slice(semicolon), ";");
	if (parameters === undefined) return undefined;
	return { value: trimSpace(text.slice(0, semicolon)).toLowerCase(), parameters };
}

/**
 * Parses `name=value` pairs, each behind one or more separators.
 * @returns `undefined` when the text is malformed or a name comes twice.
 */
export function parseParameters(text: string, separator: ";" | ","): Map<string, string> | undefined {
	// Made at each call: a sticky expression has state, which a preloaded module can't keep.
	const pair = /([;,])[ \t]*(?:([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s";,]*)))?[ \t]*/y;
	const parameters = new Map<string, string>();
	let end = 0;
	for (let match = pair.exec(text); match !== null; match = pair.exec(text)) {
		const [, found, name, quoted, plain] = match;
		if (found !== separator) return undefined;
		end = pair.lastIndex;
		if (name === undefined) continue;
		const key = name.toLowerCase();
		if (parameters.has(key)) return undefined;
		parameters.set(key, quoted === undefined ? (plain ?? "") : quoted.replace(/\\(.)/g, "$1"));
	}
	return end === text.length ? parameters : undefined;
}

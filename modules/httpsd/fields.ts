import HttpError from "./http-error";
import { formLimits } from "./limits";
import { percentDecode } from "./values/percent";

/** Names and values of a query or a form, in order; names may be repeated. */
export default class Fields {
	readonly #pairs: readonly (readonly [name: string, value: string])[];

	constructor(pairs: readonly (readonly [name: string, value: string])[]) {
		this.#pairs = pairs;
	}

	/** Number of pairs. */
	get size(): number {
		return this.#pairs.length;
	}

	/** The first value of that name; `undefined` when there is none. */
	get(name: string): string | undefined {
		return this.#pairs.find(pair => pair[0] === name)?.[1];
	}

	/** All values of that name, in order. */
	getAll(name: string): string[] {
		return this.#pairs.filter(pair => pair[0] === name).map(pair => pair[1]);
	}

	has(name: string): boolean {
		return this.#pairs.some(pair => pair[0] === name);
	}

	[Symbol.iterator](): IterableIterator<readonly [name: string, value: string]> {
		return this.#pairs[Symbol.iterator]();
	}
}

/**
 * Parses `name=value&name=value`, percent-encoded, a plus sign for a space (`application/x-www-form-urlencoded`).
 * @throws {HttpError} 400 when an escape is malformed or not UTF-8, or there are more than `formLimits.maxFields`.
 */
export function parseFields(text: string): Fields {
	const pairs: [name: string, value: string][] = [];
	// Not split: a part that is empty takes forty bytes, and a client may send nothing else.
	for (let start = 0; start < text.length; ) {
		const found = text.indexOf("&", start);
		const end = found < 0 ? text.length : found;
		if (end > start) addField(pairs, text.slice(start, end));
		start = end + 1;
	}
	return new Fields(pairs);
}

/** Adds a pair. Throws as `parseFields` does. */
export function addField(pairs: [name: string, value: string][], text: string): void {
	if (pairs.length === formLimits.maxFields)
		throw new HttpError(400, "FIELD_COUNT", "Form or query has too many fields");
	pairs.push(parseField(text));
}

/** Parses one `name=value`. Throws as `parseFields` does. */
export function parseField(text: string): [name: string, value: string] {
	const equals = text.indexOf("=");
	if (equals < 0) return [decode(text), ""];
	return [decode(text.slice(0, equals)), decode(text.slice(equals + 1))];
}

function decode(text: string): string {
	const decoded = percentDecode(text.includes("+") ? text.replaceAll("+", " ") : text);
	if (decoded === undefined) throw new HttpError(400, "FIELD_ENCODING", "Form or query is not percent-encoded UTF-8");
	return decoded;
}

import { replaceEvery } from "text/replace";
import HttpError from "./http-error";
import { formLimits } from "./limits";
import { percentDecode, percentDecodeLoosely } from "./values/percent";

/** A name and its value; `undefined` is what is not UTF-8, which only who reads it is told. */
export type FieldPair = readonly [name: string | undefined, value: string | undefined];

/**
 * Names and values of a query or a form, in order; names may be repeated. What is not UTF-8 is a fault of whoever reads
 * it, and of nobody who reads another name.
 */
export default class Fields {
	readonly #pairs: readonly FieldPair[];

	constructor(pairs: readonly FieldPair[]) {
		this.#pairs = pairs;
	}

	/** Number of pairs. */
	get size(): number {
		return this.#pairs.length;
	}

	/** The first value of that name; `undefined` when there is none. @throws {HttpError} 400 when it is not UTF-8. */
	get(name: string): string | undefined {
		const pair = this.#pairs.find(each => each[0] === name);
		return pair && checked(pair)[1];
	}

	/** All values of that name, in order. @throws {HttpError} 400 when one of them is not UTF-8. */
	getAll(name: string): string[] {
		return this.#pairs.filter(pair => pair[0] === name).map(pair => checked(pair)[1]);
	}

	has(name: string): boolean {
		return this.#pairs.some(pair => pair[0] === name);
	}

	/** All pairs. @throws {HttpError} 400, before the first, when a name or a value is not UTF-8. */
	[Symbol.iterator](): IterableIterator<readonly [name: string, value: string]> {
		return this.#pairs.map(checked)[Symbol.iterator]();
	}
}

/**
 * Parses `name=value&name=value`, percent-encoded, a plus sign for a space (`application/x-www-form-urlencoded`). A percent
 * sign without two hexadecimal digits behind it stands for itself, since browsers send what people type in an address.
 * @throws {HttpError} 400 when there are more than `formLimits.maxFields`.
 */
export const parseFields = (text: string): Fields => {
	const pairs: FieldPair[] = [];
	// Not split: a part that is empty takes forty bytes, and a client may send nothing else.
	for (let start = 0; start < text.length; ) {
		const found = text.indexOf("&", start);
		const end = found < 0 ? text.length : found;
		if (end > start) addField(pairs, text.slice(start, end));
		start = end + 1;
	}
	return new Fields(pairs);
};

/** Adds a pair. Throws as `parseFields` does. */
export const addField = (pairs: FieldPair[], text: string): void => {
	if (pairs.length === formLimits.maxFields)
		throw new HttpError(400, "FIELD_COUNT", "Form or query has too many fields");
	pairs.push(decodePair(text));
};

/** Parses one `name=value`. @throws {HttpError} 400 when it is not UTF-8. */
export const parseField = (text: string): [name: string, value: string] => {
	return checked(decodePair(text));
};

const decodePair = (text: string): FieldPair => {
	const equals = text.indexOf("=");
	if (equals < 0) return [decode(text), ""];
	return [decode(text.slice(0, equals)), decode(text.slice(equals + 1))];
};

const decode = (text: string): string | undefined => {
	const spaced = replaceEvery(text, "+", " ");
	return percentDecode(spaced) ?? percentDecodeLoosely(spaced);
};

const checked = (pair: FieldPair): [name: string, value: string] => {
	if (pair[0] === undefined || pair[1] === undefined)
		throw new HttpError(400, "FIELD_ENCODING", "Form or query is not percent-encoded UTF-8");
	return pair as [name: string, value: string];
};

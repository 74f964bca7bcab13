import { asciiText } from "text/ascii";
import { handled } from "../async/promises";
import type Body from "../body";
import Fields, { addField, type FieldPair, parseField } from "../fields";
import HttpError from "../http-error";
import { formLimits } from "../limits";
import { fixedCosts, pairCost } from "../memory/costs";
import Block from "./block";
import { expectType } from "./form-type";
import type { Conversion } from "./gatherer";

const type = "application/x-www-form-urlencoded";
const ampersand = 0x26;

/** Content as the pairs of its form. */
const asForm: Conversion<Fields> = Object.freeze({
	least: 2,
	room: (content: ArrayBuffer) => 2 * content.byteLength + countPairs(new Uint8Array(content)) * pairCost,
	kept: (content: ArrayBuffer, room: number) => room - content.byteLength,
	convert(content: ArrayBuffer) {
		const pairs: FieldPair[] = [];
		forEachPair(new Uint8Array(content), text => addField(pairs, text));
		return new Fields(pairs);
	}
});

/** All pairs of an `application/x-www-form-urlencoded` body, gathered. @throws {HttpError} 400, 413, 415 or 503. */
export const readForm = (body: Body, contentType: string | undefined, max?: number): Promise<Fields> => {
	try {
		expectType(type, contentType);
		return body.gather(asForm, max);
	} catch (error) {
		return handled(Promise.reject(error));
	}
};

/** The pairs of an `application/x-www-form-urlencoded` body as they come. @throws {HttpError} 400, 413, 415 or 503. */
export async function* readFields(
	body: Body,
	contentType: string | undefined
): AsyncGenerator<[name: string, value: string], void, undefined> {
	expectType(type, contentType);
	const { charge } = body;
	await charge.when(fixedCosts.fields);
	/** A pair that has not ended. */
	const held = new Block(charge, Number.MAX_SAFE_INTEGER);
	const add = async (piece: ArrayBuffer) => {
		await charge.when(held.roomFor(piece));
		held.add(piece);
	};
	for (let piece = await body.read(); piece !== undefined; piece = await body.read()) {
		const end = new Uint8Array(piece).lastIndexOf(ampersand);
		await add(end < 0 ? piece : piece.slice(0, end));
		if (end >= 0) {
			await charge.when(held.roomToTake);
			const bytes = held.take();
			yield* pairsIn(bytes);
			charge.give(bytes.byteLength);
			await add(piece.slice(end + 1));
		}
		if (held.length > formLimits.maxFieldBytes) throw tooLargeField();
	}
	await charge.when(held.roomToTake);
	yield* pairsIn(held.take());
}

function* pairsIn(bytes: ArrayBuffer): Generator<[name: string, value: string], void, undefined> {
	const view = new Uint8Array(bytes);
	for (let start = 0; start < view.length; ) {
		const end = endOfPair(view, start);
		if (end - start > formLimits.maxFieldBytes) throw tooLargeField();
		if (end > start) yield parseField(pairText(view, start, end));
		start = end + 1;
	}
}

const forEachPair = (view: Uint8Array, take: (text: string) => void): void => {
	for (let start = 0; start < view.length; ) {
		const end = endOfPair(view, start);
		if (end > start) take(pairText(view, start, end));
		start = end + 1;
	}
};

const countPairs = (view: Uint8Array): number => {
	let count = 1;
	for (let at = view.indexOf(ampersand); at >= 0 && count < formLimits.maxFields; at = view.indexOf(ampersand, at + 1))
		count++;
	return count;
};

const endOfPair = (view: Uint8Array, start: number): number => {
	const end = view.indexOf(ampersand, start);
	return end < 0 ? view.length : end;
};

const pairText = (view: Uint8Array, start: number, end: number): string => {
	const text = asciiText(view.slice(start, end).buffer as ArrayBuffer);
	if (text === undefined) throw new HttpError(400, "FIELD_ENCODING", "Form is not percent-encoded");
	return text;
};

const tooLargeField = (): HttpError => {
	return new HttpError(413, "FIELD_SIZE", "Field of a form is over the limit");
};

// A generator's prototype is an object of its own, which takes RAM unless it is frozen.
Object.freeze(readFields.prototype);
Object.freeze(pairsIn.prototype);

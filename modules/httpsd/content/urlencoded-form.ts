import { asciiText } from "text/ascii";
import type Body from "../body";
import { parseField } from "../fields";
import HttpError from "../http-error";
import { formLimits } from "../limits";
import { expectType } from "./form-type";
import Pieces from "./pieces";

const ampersand = 0x26;

/** The pairs of an `application/x-www-form-urlencoded` body as they come. @throws {HttpError} 400, 413 or 415. */
export async function* readFields(
	body: Body,
	contentType: string | undefined
): AsyncGenerator<[name: string, value: string], void, undefined> {
	expectType("application/x-www-form-urlencoded", contentType);
	/** A pair that has not ended. */
	const held = new Pieces();
	for await (const piece of body) {
		const end = new Uint8Array(piece).lastIndexOf(ampersand);
		held.add(end < 0 ? piece : piece.slice(0, end));
		if (end >= 0) {
			yield* pairsIn(held.take());
			held.add(piece.slice(end + 1));
		}
		if (held.length > formLimits.maxFieldBytes) throw tooLargeField();
	}
	yield* pairsIn(held.take());
}

function* pairsIn(bytes: ArrayBuffer): Generator<[name: string, value: string], void, undefined> {
	const text = asciiText(bytes);
	if (text === undefined) throw new HttpError(400, "FIELD_ENCODING", "Form is not percent-encoded");
	for (const pair of text.split("&")) {
		if (pair.length > formLimits.maxFieldBytes) throw tooLargeField();
		if (pair !== "") yield parseField(pair);
	}
}

function tooLargeField(): HttpError {
	return new HttpError(413, "FIELD_SIZE", "Field of a form is over the limit");
}

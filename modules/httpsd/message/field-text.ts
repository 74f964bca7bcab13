// RFC 9110 §5.5 has fields as bytes: what is not US-ASCII in one that nobody reads is nobody's concern. So no head is
// refused for it: each line is UTF-8 if it can be, as it is sent today, and else ISO-8859-1, as it once was. Whoever reads
// a value checks its characters, as all that frames a message does.

import { latin1Text } from "text/latin1";
import { decodeText } from "text/utf8";

const LF = 10;

/** Bytes that `lineText` allocates at most for each of a line that is no UTF-8. */
export const lineRoom = 7;

/** The text of one line. */
export const lineText = (bytes: ArrayBuffer): string => {
	return decodeText(bytes) ?? latin1Text(bytes);
};

/** Bytes that `Headers.parse` allocates at most for each byte of its lines: values, and one with the spaces around it. */
export const valuesRoom = 4;

/** Bytes that `linesText` allocates at most for each of a head: a line, its pieces, those joined, and all of it twice. */
export const linesRoom = 9;

/**
 * The text of a head that is not UTF-8 as a whole; XS holds it in up to two bytes a byte.
 * @param maxLines lines that are told apart; the rest, which is too much, counts as one.
 */
export const linesText = (bytes: ArrayBuffer, maxLines: number): string => {
	const view = new Uint8Array(bytes);
	let text = "";
	let start = 0;
	for (let lf = view.indexOf(LF), count = 0; lf >= 0 && count < maxLines; lf = view.indexOf(LF, start), count++) {
		text += lineText(bytes.slice(start, lf + 1));
		start = lf + 1;
	}
	return start < view.length ? text + latin1Text(bytes.slice(start)) : text;
};

import HttpError from "httpsd/http-error";
import { decodeText } from "text/utf8";

const ampersand = 0x26;
const equals = 0x3d;
const percent = 0x25;
const plus = 0x2b;
const space = 0x20;

/**
 * The first value of that name in an `application/x-www-form-urlencoded` content, without taking all of it apart.
 * @param name of letters alone.
 * @returns the empty text when there is none.
 * @throws {HttpError} 400 when it is not percent-encoded UTF-8.
 */
export const readField = (content: ArrayBuffer, name: string): string => {
	const view = new Uint8Array(content);
	const wanted = new Uint8Array(ArrayBuffer.fromString(name));
	for (let start = 0; start < view.length; ) {
		const next = view.indexOf(ampersand, start);
		const end = next < 0 ? view.length : next;
		if (begins(view, start, wanted) && view[start + wanted.length] === equals)
			return decode(view, start + wanted.length + 1, end);
		start = end + 1;
	}
	return "";
};

const begins = (view: Uint8Array, start: number, wanted: Uint8Array): boolean => {
	for (let at = 0; at < wanted.length; at++) if (view[start + at] !== wanted[at]) return false;
	return true;
};

const decode = (view: Uint8Array, start: number, end: number): string => {
	const out = new Uint8Array(end - start);
	let length = 0;
	for (let at = start; at < end; at++) {
		const byte = view[at] as number;
		if (byte === percent) {
			const value = at + 2 < end ? 16 * digit(view[at + 1]) + digit(view[at + 2]) : Number.NaN;
			if (Number.isNaN(value)) throw malformed();
			out[length++] = value;
			at += 2;
		} else out[length++] = byte === plus ? space : byte;
	}
	const text = decodeText(out.buffer.slice(0, length));
	if (text === undefined) throw malformed();
	return text;
};

const digit = (code = 0): number => {
	if (code >= 0x30 && code <= 0x39) return code - 0x30;
	const lower = code | 0x20;
	return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : Number.NaN;
};

const malformed = (): HttpError => {
	return new HttpError(400, "FIELD_ENCODING", "Form is not percent-encoded UTF-8");
};

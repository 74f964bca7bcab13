// UTF-8 by RFC 3629. `String.fromArrayBuffer` decodes natively, but in XS it lets surrogates, overlong forms and what
// lies above U+10FFFF through, and stops at a NUL; `ArrayBuffer.fromString` writes NUL as C0 80 and keeps lone
// surrogates. Those show at their lead bytes. Text that is all ASCII, which its length tells, is not looked at.

import { isPrintable } from "./ascii";
import { hasOnly } from "./characters";

const highBits = 0x80808080;

/** Whether a text has a surrogate without its other half, which has no UTF-8. By characters, so that a pair is none. */
export const hasLoneSurrogate = (text: string): boolean => {
	return !hasOnly(text, "\0\x7f", true);
};

/** Decodes a text that comes in pieces, and refuses it at the first piece that no valid text could begin with. */
export default class Utf8Decoder {
	#tail: ArrayBuffer | undefined;

	/** Whether the text may end here, rather than within a character. */
	get complete(): boolean {
		return this.#tail === undefined;
	}

	/** The text of the next piece, as far as its characters are whole; `undefined` when it is malformed. */
	decode(piece: ArrayBuffer): string | undefined {
		const bytes = this.#tail === undefined ? piece : this.#tail.concat(piece);
		const view = new Uint8Array(bytes);
		const whole = view.length - countUnfinished(view);
		this.#tail = undefined;
		if (whole === view.length) return decodeText(bytes);
		if (!isPrefix(view, whole)) return undefined;
		this.#tail = bytes.slice(whole);
		return decodeText(bytes.slice(0, whole));
	}
}

/** The text of bytes; `undefined` when they are not UTF-8. */
export const decodeText = (bytes: ArrayBuffer): string | undefined => {
	if (bytes.byteLength === 0) return "";
	try {
		const text = String.fromArrayBuffer(bytes);
		if (text.length === bytes.byteLength) return text;
		const view = new Uint8Array(bytes);
		if (!isStrict(view)) return undefined;
		return view.includes(0) ? decodeWithNul(view) : text;
	} catch {
		return undefined;
	}
};

/** The bytes of a text. A lone surrogate becomes U+FFFD, as in browsers. */
export const encodeText = (text: string): ArrayBuffer => {
	const bytes = ArrayBuffer.fromString(text);
	if (bytes.byteLength === text.length || !(text.includes("\0") || hasLoneSurrogate(text))) return bytes;
	return repair(new Uint8Array(bytes));
};

/** Bytes that a character takes at most, and those of a surrogate pair take two by two. */
const mostPerCharacter = 3;

/** Bytes that a text takes at most, for XS holds it in UTF-8. Makes nothing. */
export const mostBytes = (text: string): number => {
	return (isPrintable(text) ? 1 : mostPerCharacter) * text.length;
};

/** The most bytes that {@link decodeText} allocates: the text, and what it needs until that is made. */
export const decodeRoom = (bytes: ArrayBuffer): number => {
	return new Uint8Array(bytes).includes(0) ? 4 * bytes.byteLength : bytes.byteLength;
};

/** Each NUL as C0 80, as XS keeps it. Not in parts between NULs: those may be as many as there are bytes. */
const decodeWithNul = (view: Uint8Array): string => {
	let count = 0;
	for (let at = view.indexOf(0); at >= 0; at = view.indexOf(0, at + 1)) count++;
	const bytes = new Uint8Array(view.length + count);
	let start = 0;
	let length = 0;
	for (let at = view.indexOf(0); at >= 0; at = view.indexOf(0, start)) {
		bytes.set(view.subarray(start, at), length);
		length += at - start + 2;
		bytes[length - 2] = 0xc0;
		bytes[length - 1] = 0x80;
		start = at + 1;
	}
	bytes.set(view.subarray(start), length);
	return String.fromArrayBuffer(bytes.buffer);
};

/**
 * Whether none of the characters, each known to have as many bytes as its lead asks for, is overlong, a surrogate or
 * too high. XS interprets this loop, so it goes by words where all is ASCII, and by characters elsewhere.
 */
const isStrict = (view: Uint8Array): boolean => {
	const words = new Int32Array(view.buffer, 0, view.length >> 2);
	for (let at = 0; at < view.length; ) {
		const word = (at & 3) === 0 ? words[at >> 2] : undefined;
		const lead = view[at] as number;
		if (word !== undefined && (word & highBits) === 0) at += 4;
		else if (lead < 0x80) at++;
		else if (isLead(lead, view[at + 1] ?? 0)) at += sequenceLength(lead);
		else return false;
	}
	return true;
};

const isLead = (lead: number, second: number): boolean => {
	if (lead === 0xe0) return second >= 0xa0;
	if (lead === 0xed) return second < 0xa0;
	if (lead === 0xf0) return second >= 0x90;
	if (lead === 0xf4) return second < 0x90;
	return lead >= 0xc2 && lead < 0xf4;
};

/** Length of the character at the end of which bytes are missing; 0 when there is none. */
const countUnfinished = (view: Uint8Array): number => {
	for (let count = 1; count <= 3 && count <= view.length; count++) {
		const byte = view[view.length - count] as number;
		if (byte < 0x80) return 0;
		if (byte >= 0xc0) return count < sequenceLength(byte) ? count : 0;
	}
	return 0;
};

const sequenceLength = (lead: number): number => {
	if (lead < 0xe0) return 2;
	return lead < 0xf0 ? 3 : 4;
};

/** Whether a valid character begins with the bytes from `at` to the end, of which there are too few. */
const isPrefix = (view: Uint8Array, at: number): boolean => {
	const lead = view[at] as number;
	if (lead < 0xc2 || lead > 0xf4) return false;
	return at + 1 === view.length || isLead(lead, view[at + 1] as number);
};

/** Makes UTF-8 of what XS writes for NULs and surrogates. */
const repair = (view: Uint8Array): ArrayBuffer => {
	const out = new Uint8Array(view.length);
	let length = 0;
	for (let at = 0; at < view.length; ) {
		const high = surrogateAt(view, at);
		if (high !== undefined) {
			const low = high < 0xdc00 ? surrogateAt(view, at + 3) : undefined;
			const isPair = low !== undefined && low >= 0xdc00;
			const character = isPair ? String.fromCodePoint((high - 0xd7c0) * 0x400 + low - 0xdc00) : "\ufffd";
			const bytes = new Uint8Array(ArrayBuffer.fromString(character));
			out.set(bytes, length);
			length += bytes.length;
			at += isPair ? 6 : 3;
		} else if (view[at] === 0xc0) {
			length++;
			at += 2;
		} else out[length++] = view[at++] as number;
	}
	return out.buffer.slice(0, length);
};

const surrogateAt = (view: Uint8Array, at: number): number | undefined => {
	if (view[at] !== 0xed || (view[at + 1] as number) < 0xa0) return undefined;
	return 0xd000 | (((view[at + 1] as number) & 0x3f) << 6) | ((view[at + 2] as number) & 0x3f);
};

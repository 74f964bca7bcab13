import { encodeText } from "text/utf8";
import { defaultLimits } from "../limits";

/** Characters that are encoded at once. One has up to three bytes, and two that are a surrogate pair four. */
const step = defaultLimits.coalesce;

/** A text that is encoded as UTF-8 while it is sent, so that no copy of all of it is made. */
export class LongText {
	/** Bytes that are left. */
	byteLength = 0;
	readonly #text: string;
	/** Characters that have been encoded. */
	#at = 0;
	/** What has been encoded of them and not been taken. */
	#rest: ArrayBuffer | undefined;

	constructor(text: string) {
		this.#text = text;
		for (let at = 0; at < text.length; at = this.endOfPiece(at))
			this.byteLength += encodeText(text.slice(at, this.endOfPiece(at))).byteLength;
	}

	/** The next bytes, at least one and at most `max`. */
	next(max: number): ArrayBuffer {
		let bytes = this.#rest;
		if (bytes === undefined) {
			const end = this.endOfPiece(this.#at);
			bytes = encodeText(this.#text.slice(this.#at, end));
			this.#at = end;
		}
		const isAll = bytes.byteLength <= max;
		this.#rest = isAll ? undefined : bytes.slice(max);
		const piece = isAll ? bytes : bytes.slice(0, max);
		this.byteLength -= piece.byteLength;
		return piece;
	}

	/** Not between the halves of a surrogate pair. */
	private endOfPiece(start: number): number {
		const end = start + step;
		if (end >= this.#text.length) return this.#text.length;
		const code = this.#text.charCodeAt(end - 1);
		return code >= 0xd800 && code < 0xdc00 ? end - 1 : end;
	}
}

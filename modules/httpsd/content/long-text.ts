import { encodeText } from "text/utf8";
import { defaultLimits } from "../limits";

/** Characters that are encoded at once. One has up to three bytes, and two that are a surrogate pair four. */
const step = defaultLimits.coalesce;

/** A text that is encoded as UTF-8 while it is sent, so that no copy of all of it is made. */
export class LongText {
	/** Bytes that are left. */
	byteLength = 0;
	/** All of it. May be replaced by another with the same characters. */
	text: string;
	/** Characters that have been encoded. */
	#at = 0;
	/** What has been encoded of them and not been taken: less than a character. */
	#rest: ArrayBuffer | undefined;

	constructor(text: string) {
		this.text = text;
		for (let at = 0; at < text.length; at = this.endOfPiece(at, step))
			this.byteLength += encodeText(text.slice(at, this.endOfPiece(at, step))).byteLength;
	}

	/** The next bytes, at least one and at most `max`. */
	next(max: number): ArrayBuffer {
		let bytes = this.#rest ?? this.encode(max < step ? max : step, max);
		const isAll = bytes.byteLength <= max;
		this.#rest = isAll ? undefined : bytes.slice(max);
		if (!isAll) bytes = bytes.slice(0, max);
		this.byteLength -= bytes.byteLength;
		return bytes;
	}

	/** Forgets what has been taken. */
	cut(): void {
		this.text = this.text.slice(this.#at);
		this.#at = 0;
	}

	/** The next characters, at most `count`, and no more than are sure to fit: what is encoded and not sent would be held. */
	private encode(count: number, max: number): ArrayBuffer {
		const end = this.endOfPiece(this.#at, count);
		const bytes = encodeText(this.text.slice(this.#at, end));
		if (bytes.byteLength > max && count > 1) return this.encode(Math.floor(max / 3) || 1, max);
		this.#at = end;
		return bytes;
	}

	/** Not between the halves of a surrogate pair. */
	private endOfPiece(start: number, count: number): number {
		const end = start + count;
		if (end >= this.text.length) return this.text.length;
		const code = this.text.charCodeAt(end - 1);
		if (code < 0xd800 || code >= 0xdc00) return end;
		return count > 1 ? end - 1 : end + 1;
	}
}

import type { LongText } from "../content/long-text";
import type Headers from "../headers";
import { chunkEnd, chunkStart, lastChunk, type ResponseFraming } from "../message/response-head";
import type Exchange from "./response-exchange";

/**
 * Sends a text (the head, or the start of a chunk), content, and the text `behind` it (the end of a chunk), in one write if
 * the content is short enough to be copied.
 * @returns the text that has not been sent and must go before whatever is sent next: `behind`, after long content.
 */
const sendTogether = (
	exchange: Exchange,
	before: string,
	content: ArrayBuffer | Uint8Array | LongText | undefined,
	behind = "",
	isKept = false
): string => {
	if (content === undefined || content.byteLength === 0) exchange.write(ArrayBuffer.fromString(before));
	else if (content.byteLength > exchange.coalesce) {
		exchange.write(ArrayBuffer.fromString(before));
		exchange.write(content, isKept);
		return behind;
	} else {
		const whole = joined(before, content as ArrayBuffer | Uint8Array);
		exchange.write(behind === "" ? whole : whole.concat(ArrayBuffer.fromString(behind)));
	}
	return "";
};

/** A head and the content behind it. */
export const joined = (head: string, content: ArrayBuffer | Uint8Array): ArrayBuffer => {
	const bytes = content instanceof ArrayBuffer ? content : (content.slice().buffer as ArrayBuffer);
	return ArrayBuffer.fromString(head).concat(bytes);
};

/** The content of a response that is sent piece by piece, framed as its head says. */
export default class ResponseStream {
	/** Whether the connection is kept behind it. */
	readonly keep: boolean;
	/** Bytes of content that were given to it. */
	sent = 0;
	readonly #exchange: Exchange;
	readonly #framing: ResponseFraming;
	/** Bytes of content that are to come, when the head says how many. */
	#left: number;
	/** Text that is sent with the next piece: at first the head. */
	#held: string;

	constructor(exchange: Exchange, head: string, framing: ResponseFraming, keep: boolean) {
		this.#exchange = exchange;
		this.#held = head;
		this.#framing = framing;
		this.#left = typeof framing === "number" ? framing : 0;
		this.keep = keep;
	}

	/** Sends a piece; an empty one sends the head alone. @throws {TypeError} when it is more than the length says. */
	write(content: ArrayBuffer | Uint8Array | LongText, isKept = false): void {
		const length = content.byteLength;
		if (typeof this.#framing === "number") {
			if (length > this.#left) throw new TypeError("Response is longer than its length");
			this.#left -= length;
		}
		this.sent += length;
		if (this.#exchange.isHead) this.send(undefined);
		else if (this.#framing !== "chunked" || length === 0) this.send(content, undefined, isKept);
		else {
			this.#held += chunkStart(length);
			this.send(content, chunkEnd, isKept);
		}
	}

	/** Sends the end, if the framing has one. @returns `false` when content is missing that the length promised. */
	end(trailers: Headers | undefined): boolean {
		if (this.#left > 0 && !this.#exchange.isHead) return false;
		if (this.#framing === "chunked" && !this.#exchange.isHead) this.#held += lastChunk(trailers);
		this.send(undefined);
		return true;
	}

	private send(content: ArrayBuffer | Uint8Array | LongText | undefined, behind?: string, isKept = false): void {
		const before = this.#held;
		this.#held = "";
		this.#held = sendTogether(this.#exchange, before, content, behind, isKept);
	}
}

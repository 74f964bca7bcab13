import type Headers from "../headers";

/** Takes the framing off a request body that comes in pieces of any size. */
export interface BodyDecoder {
	/** Whether the whole body has come. */
	readonly done: boolean;
	/** Bytes of the body that are still to come; where that is not known, more than there can be. */
	readonly remaining: number;
	/** The trailer section of a chunked body, once `done`; `undefined` when it had none. */
	readonly trailers: Headers | undefined;
	/** The most bytes that the body may have. Where its length is known, whoever asks for it has to look. */
	max: number;
	/** Chunks, or parts of one, in what was pushed last. */
	readonly chunks: number;
	/**
	 * Takes a piece of the stream, which may be overwritten, and adds the content in it to `content`.
	 * @returns how many bytes of the piece were taken: fewer at the end of the body, or where tiny chunks make much work.
	 * @throws {HttpError} 400, 413 or 431; the connection is of no further use then.
	 */
	push(bytes: ArrayBuffer, content: ArrayBuffer[]): number;
}

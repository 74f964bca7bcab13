import type Headers from "../headers";

/** Takes the framing off a request body that comes in pieces of any size. */
export interface BodyDecoder {
	/** Whether the whole body has come. */
	readonly done: boolean;
	/** The most bytes that may be pushed and surely belong to the body: those behind a chunked one's end come back. */
	readonly wanted: number;
	/** The trailer section of a chunked body, once `done`; `undefined` when it had none. */
	readonly trailers: Headers | undefined;
	/**
	 * Takes a piece of the stream and adds the content in it to `content`.
	 * @returns how many bytes of the piece were taken: fewer at the end of the body, or where tiny chunks make much work.
	 * @throws {HttpError} 400, 413 or 431; the connection is of no further use then.
	 */
	push(bytes: ArrayBuffer, content: ArrayBuffer[]): number;
}

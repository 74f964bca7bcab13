/**
 * What a request did wrong, or what became of its connection. Thrown by a handler, it is answered with its status.
 * The message is for the `error` event and logs; the peer sees the status and its reason phrase only.
 */
export default class HttpError extends Error {
	/** HTTP status code to answer with, 400 to 599. */
	readonly status: number;
	/** Stable name of the fault, such as `"HEADER_NAME"`. */
	readonly code: string;

	/** @throws {RangeError} when the status is none of an error. */
	constructor(status: number, code: string, message: string) {
		super(message);
		if (!Number.isInteger(status) || status < 400 || status > 599)
			throw new RangeError("Status of an HttpError is 400 to 599");
		this.status = status;
		this.code = code;
	}

	override get name(): string {
		return "HttpError";
	}
}

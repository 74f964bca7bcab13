/**
 * What a request did wrong, or what became of its connection. Thrown by a handler, it is answered with its status.
 * The message is for the `error` event and logs; the peer sees the status and its reason phrase only.
 */
export default class HttpError extends Error {
	/** HTTP status code to answer with, 400 to 599. */
	readonly status: number;
	/** Stable name of the fault, such as `"HEADER_NAME"`. */
	readonly code: string;

	constructor(status: number, code: string, message: string) {
		super(message);
		this.status = status;
		this.code = code;
	}

	override get name(): string {
		return "HttpError";
	}
}

export type ACMEErrorCode =
	/** No connection, or none that TLS would trust; the message says which. */
	| "UNREACHABLE"
	/** The CA has not answered, or not decided, in time. */
	| "TIMEOUT"
	/** What the CA answered makes no sense. */
	| "ANSWER_INVALID"
	/** What the CA answered is longer than there is room for. */
	| "ANSWER_SIZE"
	/** The CA refuses; `problem` says why. */
	| "REFUSED"
	/** The CA wants fewer requests; `retryAfter` says until when. */
	| "RATE_LIMITED"
	/** The CA offers none of the challenges that there are here. */
	| "NO_CHALLENGE"
	/** The CA has looked for a proof, and found none; or it could not be shown. */
	| "CHALLENGE_FAILED"
	/** The CA gave up the order. */
	| "ORDER_FAILED"
	/** The chain that the CA gave is not for the key or the names, or is out of date. */
	| "CERTIFICATE"
	/** There was no memory for the answer. */
	| "MEMORY"
	/** `close()` was called. */
	| "CLOSED"
	/** Something here has failed: TLS for lack of memory, the store, or what is not right in these modules. */
	| "INTERNAL";

interface Details {
	readonly problem?: string | undefined;
	readonly retryAfter?: number | undefined;
}

/** Why there is no certificate, or no new one. */
export default class ACMEError extends Error {
	/** Stable. */
	readonly code: ACMEErrorCode;
	/** What the CA calls it (RFC 8555 §6.7), such as `rateLimited`; `undefined` when it said nothing. */
	readonly problem: string | undefined;
	/** Milliseconds after which the CA may be asked again; `undefined` when it did not say. */
	readonly retryAfter: number | undefined;

	constructor(code: ACMEErrorCode, message: string, { problem, retryAfter }: Details = {}) {
		super(message);
		this.code = code;
		this.problem = problem;
		this.retryAfter = retryAfter;
	}

	// Not assigned: where the SDK preloads Error, its prototype is frozen, and `this.name = …` throws.
	override get name(): string {
		return "ACMEError";
	}
}

/** Tells an application of an error, or traces it where nobody wants to know. */
export const report = (error: ACMEError, onError: ((error: ACMEError) => void) | undefined): void => {
	try {
		if (onError === undefined) trace(`The CA: ${error.message}\n`);
		else onError(error);
	} catch (thrown) {
		trace(`onError has failed: ${thrown}\n`);
	}
};

export const noMemory = (): ACMEError => {
	const what = "There is no memory to ask the CA or to store its chain";
	return new ACMEError(
		"MEMORY",
		`${what}: the application has to be smaller, fewer clients there, or the chain shorter`
	);
};

/** An answer that makes no sense. */
export const invalidAnswer = (what: string): ACMEError => {
	return new ACMEError("ANSWER_INVALID", `The CA's answer has ${what}`);
};

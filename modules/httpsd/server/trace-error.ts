/** The part of an `error` event that is traced. */
interface Failure {
	readonly error: unknown;
	readonly request?: { readonly method: string; readonly path: string };
}

/** Codes of refusals with a request, which clients can bring about: other errors with one are the application's. */
const refusals: readonly unknown[] = Object.freeze(["METHOD", "PLACES", "MEMORY"]);

/**
 * Traces an `error` event that has no listener, unless a peer has caused it: such errors have a `code`, and anybody could
 * fill the console with them.
 */
export default function traceError({ error, request }: Failure): void {
	try {
		const hasCode = typeof error === "object" && error !== null && "code" in error;
		if (hasCode && (request === undefined || refusals.includes(error.code))) return;
		trace(`HTTP server: ${request === undefined ? "" : `${request.method} ${request.path}: `}${error}\n`);
	} catch {
		trace("HTTP server: an error that has no text\n");
	}
}

/** What an `error` event says, as far as it is told. */
interface Failure {
	readonly error: unknown;
	readonly request?: { readonly method: string; readonly path: string };
}

/**
 * Tells on the console of an error that nobody listens for, unless a peer has caused it: those have a `code`, and would
 * let anybody fill the console.
 */
export default function traceError({ error, request }: Failure): void {
	try {
		if (request === undefined && typeof error === "object" && error !== null && "code" in error) return;
		trace(`HTTP server: ${request === undefined ? "" : `${request.method} ${request.path}: `}${error}\n`);
	} catch {
		trace("HTTP server: an error that has no text\n");
	}
}

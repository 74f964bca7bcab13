import { hostOf } from "../message/authority";
import type Request from "../request";
import type Response from "../response";

/** Strict-Transport-Security (RFC 6797): browsers use nothing but HTTPS for that host. */
export interface TransportSecurity {
	/** How long a browser remembers it, in seconds. 0 makes it forget. */
	readonly maxAge: number;
	/** Whether it is for the subdomains too. Default `false`. */
	readonly includeSubDomains?: boolean;
	/** Whether browsers may have the host in the lists that they are shipped with. Default `false`. */
	readonly preload?: boolean;
}

/**
 * The value of a `Strict-Transport-Security` field.
 * @throws {RangeError} when `maxAge` is not a whole number of seconds.
 */
export function transportSecurity({ maxAge, includeSubDomains, preload }: TransportSecurity): string {
	if (!Number.isSafeInteger(maxAge) || maxAge < 0)
		throw new RangeError("HSTS maxAge must be a whole number of seconds");
	return `max-age=${maxAge}${includeSubDomains ? "; includeSubDomains" : ""}${preload ? "; preload" : ""}`;
}

/**
 * Sends a client to the same host, path and query over HTTPS, with 308: the method stays. A request
 * without a host gets 426 (RFC 9110 §15.5.22).
 * @param port the port of the HTTPS server.
 */
export function redirectToSecure(request: Request, response: Response, port: number): void {
	const host = hostOf(request.host);
	if (host === "") {
		response.status(426).send();
		return;
	}
	const path = request.path.startsWith("/") ? request.path : "/";
	const search = request.search === "" ? "" : `?${request.search}`;
	response.header("location", `https://${host}${port === 443 ? "" : `:${port}`}${path}${search}`);
	response.status(308).send();
}

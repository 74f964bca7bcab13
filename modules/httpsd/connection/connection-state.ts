import HttpError from "../http-error";
import type { Limits } from "../limits";

/**
 * - `idle`: between requests · `head`: part of a head has come, or all of it and it waits for memory · `request`: a request is being answered, or the
 *   connection was upgraded
 * - `discard`: the response is complete, the rest of the content is discarded
 * - `flush`: the last response is being sent · `linger`: it has been sent, input is discarded as long as it comes
 */
export type ConnectionState = "idle" | "head" | "request" | "discard" | "flush" | "linger" | "closed";

/**
 * Milliseconds since a connection became replaceable: may be closed for a new one. Negative: milliseconds until then.
 * @param left milliseconds until its deadline.
 * @param isIdle whether nothing has come and nothing waits to be sent.
 * @returns `undefined` while it is in a request.
 */
export function idleTime(
	state: ConnectionState,
	left: number,
	isIdle: boolean,
	requests: number,
	limits: Readonly<Limits>
): number | undefined {
	if (isIdle && requests > 0) return limits.idleTimeout - left;
	return isIdle || state === "head" ? limits.headTimeout - limits.busyHeadTimeout - left : undefined;
}

/** Characters of a path that {@link describe} has: clients choose it. */
const shownPath = 48;

/** See `Peer.activity`. @param request the one that is answered, if it is one. */
export function describe(state: ConnectionState, request: { method: string; path: string } | undefined): string {
	if (state === "idle" || state === "head") return state;
	if (state !== "request") return "closing";
	return request === undefined ? "stream" : `${request.method.slice(0, shownPath)} ${request.path.slice(0, shownPath)}`;
}

export function writeTimeout(): HttpError {
	return new HttpError(408, "WRITE_TIMEOUT", "Client does not read");
}

export function headTimeout(): HttpError {
	return new HttpError(408, "HEAD_TIMEOUT", "Head did not come in time");
}

export function bodyTimeout(): HttpError {
	return new HttpError(408, "BODY_TIMEOUT", "Content did not come in time");
}

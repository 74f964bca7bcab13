import HttpError from "../http-error";
import type { Limits } from "../limits";
import { encodeError } from "../message/response-head";
import { answering, idle, type Phase, reading } from "./connection-phase";

/**
 * Milliseconds since a connection became replaceable: may be closed for a new one. Negative: milliseconds until then.
 * @param left milliseconds until its deadline.
 * @param isIdle whether nothing has come and nothing waits to be sent.
 * @returns `undefined` while it is in a request.
 */
export const idleTime = (
	phase: Phase,
	left: number,
	isIdle: boolean,
	requests: number,
	limits: Readonly<Limits>
): number | undefined => {
	if (isIdle && requests > 0) return limits.idleTimeout - left;
	return isIdle || phase === reading ? limits.headTimeout - limits.busyHeadTimeout - left : undefined;
};

/** Characters of a path that {@link describe} has: clients choose it. */
const shownPath = 48;

/** See `Peer.activity`. @param request the one that is answered, if it is one. */
export const describe = (phase: Phase, request: { method: string; path: string } | undefined): string => {
	if (phase === idle) return "idle";
	if (phase === reading) return "head";
	if (phase !== answering) return "closing";
	return request === undefined ? "stream" : `${request.method.slice(0, shownPath)} ${request.path.slice(0, shownPath)}`;
};

/** The answer to what is no request that can be answered. */
export const errorBytes = (error: Error): ArrayBuffer => {
	return ArrayBuffer.fromString(encodeError(error instanceof HttpError ? error.status : 500));
};

/** What a client or a handler has taken too long for. */
export const timeouts: Readonly<Record<"write" | "head" | "response" | "body", () => HttpError>> = Object.freeze({
	write: () => new HttpError(408, "WRITE_TIMEOUT", "Client does not read"),
	head: () => new HttpError(408, "HEAD_TIMEOUT", "Head did not come in time"),
	response: () => new HttpError(503, "RESPONSE_TIMEOUT", "Handler did not begin its response in time"),
	body: () => new HttpError(408, "BODY_TIMEOUT", "Content did not come in time")
});

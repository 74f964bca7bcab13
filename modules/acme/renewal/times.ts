import type { ACMEErrorCode } from "../error";
import { limits } from "../limits";

/** The dates of a certificate, milliseconds since 1970. */
export interface Life {
	readonly notBefore: number;
	readonly notAfter: number;
}

/**
 * When a certificate is to be renewed, milliseconds since 1970.
 * @param fraction 0 to 1, another for each certificate: not all devices of one firmware ask at once
 * @param window when the CA wants it to be (RFC 9773)
 */
export const renewalTime = (
	{ notBefore, notAfter }: Life,
	fraction: number,
	window: readonly [start: number, end: number] | undefined
): number => {
	const life = notAfter - notBefore;
	// A window that ends behind the certificate's end would have it expire before another has come.
	if (window !== undefined)
		return Math.min(window[0] + fraction * (window[1] - window[0]), notAfter - life * limits.latest);
	return notAfter - life * (limits.renewAt + fraction * limits.spread);
};

/** Milliseconds for which a new certificate is not renewed: it may be made for no more than a day. */
export const leastAge = ({ notBefore, notAfter }: Life): number => {
	return Math.min(limits.leastAge, Math.max((notAfter - notBefore) / 2, limits.leastPause));
};

/**
 * Milliseconds until an order is tried again.
 * @param failures how many have failed in a row
 * @param left milliseconds that the present certificate is valid for; 0 when it is not, or there is none
 * @param fraction 0 to 1, at random
 */
export const retryTime = (
	failures: number,
	code: ACMEErrorCode | undefined,
	left: number,
	fraction: number,
	retryAfter = 0
): number => {
	const isUnreachable = code === "UNREACHABLE";
	const first = isUnreachable ? limits.retryUnreachable : limits.retry;
	const most = isUnreachable ? limits.maxRetryUnreachable : limits.maxRetry;
	const wait = Math.min(first * 2 ** Math.min(failures - 1, 16), most);
	const bounded = left > 0 ? Math.min(wait, Math.max(first, left * limits.retryOfLife)) : wait;
	return Math.max(bounded * (0.75 + fraction / 2), retryAfter);
};

import { isDigits } from "text/ascii";
import { limits } from "../limits";

/** @returns NaN when it is neither a count of seconds, of whatever length, nor a date */
const toWait = (value: string, now: number): number => {
	if (isDigits(value)) return 1000 * Number(value);
	// Each other date is read too, but not as what it is: "-5" would be one.
	return value.endsWith(" GMT") ? Date.parse(value) - now : Number.NaN;
};

/** Milliseconds of a Retry-After (RFC 9110 §10.2.3), a count of seconds or a date; `undefined` when it is neither. */
export const parseRetryAfter = (value: string | undefined, now: number): number | undefined => {
	const wait = value === undefined ? Number.NaN : toWait(value, now);
	return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), limits.maxRetryAfter);
};

import { parseDecimal } from "text/ascii";
import { limits } from "../limits";

/** Milliseconds of a Retry-After (RFC 9110 §10.2.3), a count of seconds or a date; `undefined` when it is neither. */
export const parseRetryAfter = (value: string | undefined, now: number): number | undefined => {
	if (value === undefined) return undefined;
	const seconds = parseDecimal(value);
	const wait = seconds === undefined ? Date.parse(value) - now : 1000 * seconds;
	return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), limits.maxRetryAfter);
};

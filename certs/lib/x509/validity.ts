import { InvalidArgumentError } from "commander";
import { CertsError } from "../base/errors";
import {
	CA_BACKDATE,
	DAY,
	DEFAULT_BACKDATE,
	DEFAULT_CA_YEARS,
	DEFAULT_LEAF_DAYS,
	MAX_CA_YEARS,
	MAX_LEAF_DAYS
} from "../base/limits";

/** The first and the last second of a certificate's life. */
export interface Validity {
	notBefore: Date;
	notAfter: Date;
}

/** The options of a command line that decide a validity; all in whole units. */
export interface ValidityOptions {
	days?: number;
	years?: number;
	backdate?: number;
}

/** Argument parser for commander: a whole number, 0 and up. */
export function wholeNumber(value: string): number {
	if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError("Give a whole number, such as 90.");
	return Number(value);
}

/** A leaf's life: `--days` from now, begun `--backdate` days ago, together at most 398 days. Throws a CertsError. */
export function leafValidity(options: ValidityOptions, now = Date.now()): Validity {
	const days = daysOf(options) ?? DEFAULT_LEAF_DAYS;
	const longest = MAX_LEAF_DAYS - (options.backdate ?? 0);
	if (days < 1) throw new CertsError("A certificate for 0 days is of no use", "Use --days 1 or more");
	if (days > longest) {
		throw new CertsError(
			`${days} days${options.backdate ? ` and ${options.backdate} before now are` : " are"} more than the ${MAX_LEAF_DAYS} that browsers accept`,
			longest >= 1 ? `Use --days ${longest} or less` : `Use a smaller --backdate`
		);
	}
	return span(now, options.backdate ?? Math.min(DEFAULT_BACKDATE, MAX_LEAF_DAYS - days), days);
}

/** A CA's life. Throws a CertsError. */
export function caValidity(options: ValidityOptions, now = Date.now()): Validity {
	const days = daysOf(options) ?? DEFAULT_CA_YEARS * 365;
	if (days < 1 || days > MAX_CA_YEARS * 366) {
		throw new CertsError(`A CA cannot be valid for ${days} days`, `Use --years 1 to --years ${MAX_CA_YEARS}`);
	}
	return span(now, options.backdate ?? CA_BACKDATE, days);
}

/** `2027-11-23`, for people. */
export function day(date: Date): string {
	return date.toISOString().slice(0, 10);
}

function daysOf(options: ValidityOptions): number | undefined {
	if (options.days !== undefined && options.years !== undefined) {
		throw new CertsError("--days and --years are both given", "Keep one of them");
	}
	return options.days ?? (options.years === undefined ? undefined : options.years * 365);
}

// The last second counts (RFC 5280 section 4.1.2.5), so 398 days end one second early.
function span(now: number, before: number, after: number): Validity {
	const start = Math.floor(now / 1000) * 1000;
	return { notBefore: new Date(start - before * DAY), notAfter: new Date(start + after * DAY - 1000) };
}

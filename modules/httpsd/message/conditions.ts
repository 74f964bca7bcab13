import type Headers from "../headers";
import { fieldLimits } from "../limits";
import { parseDate } from "./http-date";

/** What tells one state of a resource from another (RFC 9110 §8.8). */
export interface Validators {
	/** Entity tag with its quotes, such as `"\"abc\""` or `"W/\"abc\""`. */
	readonly etag?: string | undefined;
	/** When it was modified last, in ms since 1970; seconds count. */
	readonly modified?: number | undefined;
}

/** What is to be answered: as if there were no condition, with 304, or with 412. */
export type Verdict = "proceed" | "not modified" | "failed";

const onlySeparators = /^[ \t,]*$/;
const separator = /^[ \t,]*(W\/)?$/;
const notOpaque = /[^!#-~\u{80}-\u{10ffff}]/u;

/**
 * Evaluates the preconditions of a request (RFC 9110 §13.2.2).
 * @param current the state of the resource; `undefined` when it does not exist.
 */
export function evaluateConditions(method: string, headers: Headers, current: Validators | undefined): Verdict {
	const safe = method === "GET" || method === "HEAD";
	const match = headers.get("if-match");
	const unmodified = headers.get("if-unmodified-since");
	if (match !== undefined) {
		if (!matches(match, current, isSame)) return "failed";
	} else if (unmodified !== undefined && isModifiedSince(unmodified, current) === true) return "failed";
	const none = headers.get("if-none-match");
	if (none !== undefined) {
		if (!matches(none, current, isAlike)) return "proceed";
		return safe ? "not modified" : "failed";
	}
	const modified = headers.get("if-modified-since");
	if (safe && modified !== undefined && isModifiedSince(modified, current) === false) return "not modified";
	return "proceed";
}

/** Whether `Range` applies: there is no `If-Range`, or it names just this state (RFC 9110 §13.1.5). */
export function rangeApplies(headers: Headers, current: Validators): boolean {
	const condition = headers.get("if-range");
	if (condition === undefined) return true;
	if (condition.includes('"')) return current.etag !== undefined && isSame(condition, current.etag);
	const date = parseDate(condition);
	return date !== undefined && current.modified !== undefined && date === wholeSeconds(current.modified);
}

/** The entity tags of a list; `undefined` when it is malformed, or has more than `fieldLimits.maxTags`. */
export function parseTags(list: string): string[] | undefined {
	const most = 2 * fieldLimits.maxTags + 1;
	// Not found one by one: XS counts from the start of a text to get to where it was. No tag has a quote in it.
	const pieces = list.split('"', most + 1);
	if (pieces.length === 1 || pieces.length > most || pieces.length % 2 === 0) return undefined;
	const tags: string[] = [];
	for (let at = 1; at < pieces.length; at += 2) {
		const before = separator.exec(pieces[at - 1] as string);
		const opaque = pieces[at] as string;
		if (before === null || notOpaque.test(opaque) || (at > 1 && !before[0].includes(","))) return undefined;
		tags.push(`${before[1] ?? ""}"${opaque}"`);
	}
	return onlySeparators.test(pieces.at(-1) as string) ? tags : undefined;
}

function matches(
	list: string,
	current: Validators | undefined,
	compare: (one: string, other: string) => boolean
): boolean {
	if (current === undefined) return false;
	if (list === "*") return true;
	const { etag } = current;
	return etag !== undefined && (parseTags(list)?.some(each => compare(each, etag)) ?? false);
}

/** Strong comparison (RFC 9110 §8.8.3.2). */
function isSame(one: string, other: string): boolean {
	return one === other && one.startsWith('"');
}

/** Weak comparison. */
function isAlike(one: string, other: string): boolean {
	return (one.startsWith("W/") ? one.slice(2) : one) === (other.startsWith("W/") ? other.slice(2) : other);
}

/** `undefined` when that can't be told: no date was given, or none is known. */
function isModifiedSince(date: string, current: Validators | undefined): boolean | undefined {
	const since = parseDate(date);
	if (since === undefined || current?.modified === undefined) return undefined;
	return wholeSeconds(current.modified) > since;
}

function wholeSeconds(ms: number): number {
	return Math.floor(ms / 1000) * 1000;
}

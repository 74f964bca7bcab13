import { isFieldText } from "text/ascii";
import { hasOnly } from "text/characters";
import type Headers from "../headers";
import { fieldLimits } from "../limits";
import { parseDate } from "./http-date";

/** The validators of a resource (RFC 9110 §8.8): they differ from one state of it to the next. */
export interface Validators {
	/** Entity tag with its quotes, such as `"\"abc\""` or `"W/\"abc\""`. */
	readonly etag?: string | undefined;
	/** When it was modified last, in ms since 1970; seconds count. */
	readonly modified?: number | undefined;
}

/** What the preconditions ask for: the answer as if there were none, 304, or 412. */
export type ConditionResult = "proceed" | "not modified" | "failed";

/**
 * Evaluates the preconditions of a request (RFC 9110 §13.2.2).
 * @param current the state of the resource; `undefined` when it does not exist.
 */
export const evaluateConditions = (
	method: string,
	headers: Headers,
	current: Validators | undefined
): ConditionResult => {
	const safe = method === "GET" || method === "HEAD";
	const match = headers.get("if-match");
	const unmodified = headers.get("if-unmodified-since");
	if (match !== undefined) {
		if (!matches(match, current, true)) return "failed";
	} else if (unmodified !== undefined && isModifiedSince(unmodified, current) === true) return "failed";
	const none = headers.get("if-none-match");
	if (none !== undefined) {
		if (!matches(none, current, false)) return "proceed";
		return safe ? "not modified" : "failed";
	}
	const modified = headers.get("if-modified-since");
	if (safe && modified !== undefined && isModifiedSince(modified, current) === false) return "not modified";
	return "proceed";
};

/** Whether `Range` applies: there is no `If-Range`, or it names just this state (RFC 9110 §13.1.5). */
export const rangeApplies = (headers: Headers, current: Validators): boolean => {
	const condition = headers.get("if-range");
	if (condition === undefined) return true;
	if (condition.includes('"')) return current.etag !== undefined && equalsStrongly(condition, current.etag);
	const date = parseDate(condition);
	return date !== undefined && current.modified !== undefined && date === wholeSeconds(current.modified);
};

/**
 * Looks at the entity tags of a list, but makes none: a list may be one of 2 kB, and nobody asks for room for what is made of it.
 * @param isLike of an opaque tag, without its quotes, and whether it is weak.
 * @returns whether one is so; `undefined` when the list is malformed, or has more than `fieldLimits.maxTags`.
 */
export const hasTag = (list: string, isLike: (opaque: string, isWeak: boolean) => boolean): boolean | undefined => {
	const most = 2 * fieldLimits.maxTags + 1;
	// Split at once: to find one tag after the other, XS would count from the start of the text each time. No tag has a
	// quote in it.
	const pieces = list.split('"', most + 1);
	if (pieces.length === 1 || pieces.length > most || pieces.length % 2 === 0) return undefined;
	let hasOne = false;
	for (let at = 1; at < pieces.length; at += 2) {
		const before = pieces[at - 1] as string;
		const opaque = pieces[at] as string;
		const isWeak = before.endsWith("W/");
		const isSeparated = at === 1 || before.includes(",");
		if (!isSeparated || !isSeparator(isWeak ? before.slice(0, -2) : before) || !isOpaque(opaque)) return undefined;
		hasOne ||= isLike(opaque, isWeak);
	}
	return isSeparator(pieces.at(-1) as string) ? hasOne : undefined;
};

/** Whether `text` is commas and spaces, if anything. */
const isSeparator = (text: string): boolean => {
	return hasOnly(text, ",,\t\t  ", false);
};

/** Whether `text` may stand between the quotes of an entity tag (RFC 9110 §8.8.3). */
const isOpaque = (text: string): boolean => {
	return isFieldText(text) && !text.includes(" ") && !text.includes("\t");
};

const matches = (list: string, current: Validators | undefined, isStrong: boolean): boolean => {
	if (current === undefined) return false;
	if (list === "*") return true;
	const { etag } = current;
	if (etag === undefined || (isStrong && etag.startsWith("W/"))) return false;
	const own = etag.slice(etag.indexOf('"') + 1, -1);
	return hasTag(list, (opaque, isWeak) => opaque === own && !(isStrong && isWeak)) ?? false;
};

/** Strong comparison (RFC 9110 §8.8.3.2). */
const equalsStrongly = (one: string, other: string): boolean => {
	return one === other && one.startsWith('"');
};

/** `undefined` when the field is no date, or the date of the last change is not known. */
const isModifiedSince = (date: string, current: Validators | undefined): boolean | undefined => {
	const since = parseDate(date);
	if (since === undefined || current?.modified === undefined) return undefined;
	return wholeSeconds(current.modified) > since;
};

const wholeSeconds = (ms: number): number => {
	return Math.floor(ms / 1000) * 1000;
};

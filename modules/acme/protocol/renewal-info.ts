import { limits } from "../limits";
import { openDirectory } from "./directory";
import { objectOf, readObject, textOf } from "./json";
import type Session from "./session";
import type { Steps } from "./steps";

/** When the CA wants a certificate to be renewed (RFC 9773). */
export interface RenewalInfo {
	/** Milliseconds since 1970; `undefined` when the CA has no word on it. */
	readonly window: readonly [start: number, end: number] | undefined;
	/** Milliseconds after which it is asked again. */
	readonly again: number;
}

const toAgain = (retryAfter: number | undefined): number => {
	return Math.min(Math.max(retryAfter ?? limits.askAgain, limits.clockCheck), limits.maxAskAgain);
};

/** @param identifier of the certificate (RFC 9773 §4.1) */
export function* askRenewalInfo(session: Session, directory: string, identifier: string): Steps<RenewalInfo> {
	const { renewalInfo } = yield* openDirectory(session, directory);
	if (renewalInfo === undefined) return { window: undefined, again: limits.maxAskAgain };
	const answer = yield* session.get(`${renewalInfo}/${identifier}`);
	const fields = objectOf(readObject(answer), "suggestedWindow");
	const start = Date.parse(textOf(fields, "start") ?? "");
	const end = Date.parse(textOf(fields, "end") ?? "");
	// What makes no sense is passed over, as if it were not there (RFC 9773 §4.2).
	return { window: start < end ? [start, end] : undefined, again: toAgain(answer.retryAfter) };
}

// What a generator's objects inherit from stays in flash.
Object.freeze(askRenewalInfo.prototype);

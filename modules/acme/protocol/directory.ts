import { objectOf, readObject, toURL, urlOf } from "./json";
import type Session from "./session";
import type { Steps } from "./steps";

/** What a CA offers (RFC 8555 §7.1.1). */
export interface Directory {
	readonly newAccount: string;
	readonly newOrder: string;
	readonly revokeCert: string | undefined;
	/** RFC 9773; `undefined` when the CA does not have it. */
	readonly renewalInfo: string | undefined;
	readonly wantsExternalAccount: boolean;
}

/** Reads the directory, and has the session know where nonces come from. */
export function* openDirectory(session: Session, url: string): Steps<Directory> {
	const fields = readObject(yield* session.get(url));
	session.newNonce = urlOf(fields, "newNonce");
	return {
		newAccount: urlOf(fields, "newAccount"),
		newOrder: urlOf(fields, "newOrder"),
		revokeCert: toURL(fields.revokeCert),
		renewalInfo: toURL(fields.renewalInfo),
		wantsExternalAccount: objectOf(fields, "meta").externalAccountRequired === true
	};
}

// What a generator's objects inherit from stays in flash.
Object.freeze(openDirectory.prototype);

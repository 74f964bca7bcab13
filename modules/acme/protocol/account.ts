import ACMEError from "../error";
import { bindAccount, type ExternalAccount } from "../jose/jws";
import type { Directory } from "./directory";
import type Session from "./session";
import type { Steps } from "./steps";

/** Whose account it is. */
export interface AccountTerms {
	/** URLs, such as `mailto:me@example.org`. */
	readonly contact?: readonly string[] | undefined;
	readonly externalAccount?: ExternalAccount | undefined;
}

/** Makes the key known to the CA, unless it is; a CA that knows it already says which account that is (RFC 8555 §7.3.1). */
export function* openAccount(session: Session, directory: Directory, terms: AccountTerms): Steps<void> {
	if (session.account !== undefined) return;
	const { contact, externalAccount } = terms;
	const url = directory.newAccount;
	if (directory.wantsExternalAccount && externalAccount === undefined)
		throw new ACMEError("REFUSED", "The CA wants an account that was made there: give externalAccount", {
			problem: "externalAccountRequired"
		});
	const answer = yield* session.post(url, {
		termsOfServiceAgreed: true,
		...(contact === undefined ? {} : { contact }),
		...(externalAccount === undefined ? {} : { externalAccountBinding: bindAccount(session.key, url, externalAccount) })
	});
	session.account = session.locationOf(answer);
	yield { type: "account", url: session.account };
}

// What a generator's objects inherit from stays in flash.
Object.freeze(openAccount.prototype);

import ACMEError from "../error";
import { encodeBase64URL } from "../jose/base64url";
import { openDirectory } from "./directory";
import type Session from "./session";
import type { Beginning, Steps } from "./steps";

/** Why a certificate is revoked (RFC 5280 §5.3.1), of what a CA takes from who has it. */
export const revocationReasons = { unspecified: 0, keyCompromise: 1, superseded: 4, cessationOfOperation: 5 } as const;
Object.freeze(revocationReasons);
export type RevocationReason = keyof typeof revocationReasons;

export interface RevocationTerms extends Beginning {
	/** Its URL. */
	readonly directory: string;
	/** DER. */
	readonly certificate: Uint8Array;
	readonly reason: RevocationReason;
}

/** Revokes a certificate of the account (RFC 8555 §7.6). One that is revoked already stays so. */
export function* revoke(
	session: Session,
	{ directory, certificate, reason, begin, roomToBegin = 0 }: RevocationTerms
): Steps<void> {
	if (begin !== undefined) yield { type: "room", bytes: roomToBegin };
	begin?.();
	const { revokeCert } = yield* openDirectory(session, directory);
	if (revokeCert === undefined) throw new ACMEError("REFUSED", "The CA revokes nothing");
	try {
		yield* session.post(revokeCert, {
			certificate: encodeBase64URL(certificate),
			reason: revocationReasons[reason]
		});
	} catch (error) {
		if (!(error instanceof ACMEError) || error.problem !== "alreadyRevoked") throw error;
	}
}

// What a generator's objects inherit from stays in flash.
Object.freeze(revoke.prototype);

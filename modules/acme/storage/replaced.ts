import { inspectCertificate } from "identity/check";
import type ACMEError from "../error";
import { limits } from "../limits";
import type Keeping from "./keeping";

/** Problems that pass: whoever else refuses to revoke a certificate refuses it for good (RFC 8555 §6.7, §7.6). */
const passing = Object.freeze([undefined, "badNonce", "serverInternal", "userActionRequired"]);

const isForGood = ({ code, problem }: ACMEError): boolean => {
	return code === "REFUSED" && !passing.includes(problem);
};

/** Whether a certificate has expired; one that cannot be read cannot be revoked either. */
const isOver = (certificate: Uint8Array, now: number): boolean => {
	try {
		return inspectCertificate(certificate).notAfter <= now;
	} catch {
		return true;
	}
};

/** Certificates that others have taken the place of, kept until the CA has revoked them: a restart forgets none. */
export default class Replaced {
	readonly #keeping: Keeping;
	/** Milliseconds since 1970 before when the CA is not asked, whether the store has taken that or not. */
	#notBefore: number;

	constructor(keeping: Keeping) {
		this.#keeping = keeping;
		this.#notBefore = keeping.notes.revokeAt;
	}

	/** With this one too. */
	with(certificate: Uint8Array, now: number): readonly Uint8Array[] {
		this.#notBefore = 0;
		return [...this.leftAt(now), certificate].slice(-limits.maxReplaced);
	}

	/** Which is to be revoked now. */
	due(now: number): Uint8Array | undefined {
		// A clock that was ahead is no reason to wait.
		if (this.#notBefore > now && this.#notBefore <= now + limits.maxRetryAfter) return undefined;
		return this.leftAt(now)[0];
	}

	/** The CA is about to be asked. */
	begin(now: number): void {
		this.#notBefore = now + limits.revokeAgain;
	}

	/** A device that restarts in the midst of it asks no sooner than one whose CA refuses. */
	keep(): void {
		this.#keeping.tryChange({}, { revokeAt: this.#notBefore });
	}

	/** What the CA has said of one. */
	end(certificate: Uint8Array, now: number, error: ACMEError | undefined): void {
		if (error === undefined || isForGood(error)) {
			const replaced = this.leftAt(now).filter(each => each !== certificate);
			if (this.#keeping.tryChange({ replaced }, { revokeAt: 0 })) this.#notBefore = 0;
		} else if (error.retryAfter !== undefined && error.retryAfter > limits.revokeAgain) {
			this.#notBefore = now + error.retryAfter;
			this.keep();
		}
	}

	/** What has expired need not be revoked. */
	private leftAt(now: number): readonly Uint8Array[] {
		return this.#keeping.contents.replaced.filter(each => !isOver(each, now));
	}
}

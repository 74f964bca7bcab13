import { tlsErrorCodes } from "tls/error";

export type CredentialsErrorCode =
	| "CERTIFICATE_INVALID"
	| "CERTIFICATE_EXPIRED"
	| "CERTIFICATE_NOT_YET_VALID"
	| "CERTIFICATE_NAME"
	| "KEY_INVALID"
	| "KEY_MISMATCH"
	| "KNOWN_SAMPLE"
	| "IMAGE_INVALID"
	| "MEMORY"
	| "RANDOM"
	| "INTERNAL";

/** A certificate, key or flash image that cannot be used, and what to do about it. */
export default class CredentialsError extends Error {
	/** Stable. A code that TLSError has too means the same there. */
	readonly code: CredentialsErrorCode;
	/** The command to run; `undefined` when no command helps. */
	readonly command: string | undefined;

	constructor(code: CredentialsErrorCode, problem: string, command?: string) {
		super(command === undefined ? problem : `${problem}. Run: ${command}`);
		this.code = code;
		this.command = command;
	}

	// Not assigned: where the SDK preloads Error, its prototype is frozen, and `this.name = …` throws.
	override get name(): string {
		return "CredentialsError";
	}
}

/** The error that a result of a native stands for: a positive index of `tlsErrorCodes`. */
export const toCredentialsError = (answer: number, problem: string): CredentialsError => {
	const code = (tlsErrorCodes[answer] ?? "INTERNAL") as CredentialsErrorCode;
	return new CredentialsError(code, code === "MEMORY" ? "Out of memory" : problem);
};

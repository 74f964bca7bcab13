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

/** A certificate, key or flash image that is not to be used, with what to do about it. */
export default class CredentialsError extends Error {
	/** Stable; those that TLSError has too mean the same there. */
	readonly code: CredentialsErrorCode;
	/** The command that makes what is missing; `undefined` when no command helps. */
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

/** The error that a number out of C stands for: those of the world's fault have a class of their own. */
export function toCredentialsError(answer: number, problem: string): CredentialsError {
	const code = (tlsErrorCodes[answer] ?? "INTERNAL") as CredentialsErrorCode;
	return new CredentialsError(code, code === "MEMORY" ? "Out of memory" : problem);
}

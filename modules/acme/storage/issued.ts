import { isForNames } from "identity/certificate-chain";
import { checkCertificates, inspectCertificate } from "identity/check";
import ACMEError from "../error";

/** What is known of a certificate. Times are milliseconds since 1970. */
export interface Issued {
	readonly notBefore: number;
	readonly notAfter: number;
	/** SHA-256, 64 hex digits. */
	readonly fingerprint: string;
	/** 0 to 1, another for each certificate. */
	readonly fraction: number;
}

export const describeLeaf = (leaf: Uint8Array): Issued => {
	const { notBefore, notAfter, fingerprint } = inspectCertificate(leaf);
	return { notBefore, notAfter, fingerprint, fraction: Number.parseInt(fingerprint.slice(0, 8), 16) / 2 ** 32 };
};

/**
 * Looks at the certificates that the CA has sent, leaf first.
 * @throws {ACMEError} `CERTIFICATE` when they are not for the key and the names, expired, damaged or out of order
 */
export const checkChain = (
	chain: readonly Uint8Array[],
	key: Uint8Array,
	names: readonly string[],
	now: number
): void => {
	try {
		// By no clock: the CA's may be ahead of the device's, and its word counts.
		const { notAfter } = checkCertificates(chain, key, "server", { now: 0 });
		if (notAfter <= now) throw new Error("It has expired");
		if (!isForNames(chain[0] as Uint8Array, names)) throw new Error(`It is not for all of ${names.join(", ")}`);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new ACMEError("CERTIFICATE", `The certificate that the CA gave cannot be used: ${why}`);
	}
};

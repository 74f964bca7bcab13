import type { Bytes } from "../bytes";

/**
 * Subject, notBefore and notAfter in seconds since 1970, whether it is a CA's, whether its issuer has its own name,
 * SHA-256 of the certificate and of its public key.
 */
export type CertificateFields = readonly [string, number, number, boolean, boolean, string, string];

/** Labels of {@link writePEM} by number, as in tls-pem.h. */
export const pemLabel = { certificate: 0, request: 1 } as const;
Object.freeze(pemLabel);

/** The kind by number of `inputKinds`, and 256 more when it is PEM. */
export function identify(this: unknown, bytes: Bytes, wanted: number): number {
	return native("xs_xstls_input_identify").call(this, bytes, wanted);
}

/** The first certificate's fields; the number of a TLS error code when it does not parse. */
export function readCertificate(this: unknown, bytes: Bytes): CertificateFields | number {
	return native("xs_xstls_certificate_read").call(this, bytes);
}

/** 0, or the number of a TLS error code: `CERTIFICATE_UNTRUSTED` for a gap, `RECORD_OVERFLOW` for too long a chain. */
export function checkChain(this: unknown, chain: Bytes): number {
	return native("xs_xstls_certificates_check").call(this, chain);
}

/** Bytes of DER that so many certificates may have together in a chain that this build can send. */
export function mostSent(this: unknown, count: number): number {
	return native("xs_xstls_certificates_most_sent").call(this, count);
}

/** SHA-256 of the public key in hex; the number of a TLS error code when it is not a private key. */
export function readPublicKey(this: unknown, key: Bytes): string | number {
	return native("xs_xstls_key_public_key").call(this, key);
}

// These write to the start of `room`.

/** All certificates of a chain, concatenated as DER. @returns the length, or the negative number of a TLS error code */
export function copyCertificates(this: unknown, room: ArrayBuffer, chain: Bytes): number {
	return native("xs_xstls_certificates_copy").call(this, room, chain);
}

/** @returns the length; 0 when it does not fit */
export function writePEM(this: unknown, room: ArrayBuffer, der: Bytes, label: number): number {
	return native("xs_xstls_pem_write").call(this, room, der, label);
}

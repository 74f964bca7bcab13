/** Bytes of a credential in place: a string, a buffer, a view, a Resource or another host buffer. */
export type Bytes = string | ArrayBuffer | ArrayBufferView | HostBuffer;

/**
 * Subject, notBefore and notAfter in seconds since 1970, whether it is a CA's, whether its issuer has its own name,
 * SHA-256 of the certificate and of its public key.
 */
export type CertificateFields = readonly [string, number, number, boolean, boolean, string, string];

/** Labels of {@link writePEM} by number, as in tls-pem.h. */
export const pemLabel = Object.freeze({ certificate: 0, request: 1 } as const);

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

/** SHA-256 of the public key in hex; the number of a TLS error code when it is not a private key. */
export function readPublicKey(this: unknown, key: Bytes): string | number {
	return native("xs_xstls_key_public_key").call(this, key);
}

// These write to the start of `room` and return a length, or the negative number of a TLS error code.

/** All certificates of a chain, concatenated as DER. */
export function copyCertificates(this: unknown, room: ArrayBuffer, chain: Bytes): number {
	return native("xs_xstls_certificates_copy").call(this, room, chain);
}

export function makeKey(this: unknown, room: ArrayBuffer): number {
	return native("xs_xstls_make_key").call(this, room);
}

export function makeCertificate(
	this: unknown,
	room: ArrayBuffer,
	subject: string,
	subjectKey: Bytes,
	issuer: string,
	issuerKey: Bytes,
	notBefore: string,
	notAfter: string,
	isAuthority: boolean,
	names: ArrayBuffer | undefined,
	constraints: ArrayBuffer | undefined
): number {
	return native("xs_xstls_make_certificate").call(
		this,
		room,
		subject,
		subjectKey,
		issuer,
		issuerKey,
		notBefore,
		notAfter,
		isAuthority,
		names,
		constraints
	);
}

export function makeRequest(
	this: unknown,
	room: ArrayBuffer,
	subject: string,
	key: Bytes,
	names: ArrayBuffer | undefined
): number {
	return native("xs_xstls_make_request").call(this, room, subject, key, names);
}

/** @returns the length; 0 when it does not fit */
export function writePEM(this: unknown, room: ArrayBuffer, der: Bytes, label: number): number {
	return native("xs_xstls_pem_write").call(this, room, der, label);
}

/** CRC-32 of IEEE 802.3. */
export function crc32(this: unknown, bytes: Bytes): number {
	return native("xs_xstls_crc32").call(this, bytes);
}

/** Which slot of a flash image is valid and newest: 0, 1, or −1 for none. */
export function findSlot(this: unknown, partition: Bytes): number {
	return native("xs_xstls_image_current").call(this, partition);
}

/** Bytes of a slot that are in use, from its start; 0 when it is empty, incomplete or damaged. */
export function checkSlot(this: unknown, slot: Bytes): number {
	return native("xs_xstls_image_check_slot").call(this, slot);
}

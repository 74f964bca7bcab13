import type { Bytes } from "../bytes";

// These write to the start of `room` and return a length, or the negative number of a TLS error code.

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
	constraints: ArrayBuffer | undefined,
	challenge: ArrayBuffer | undefined
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
		constraints,
		challenge
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

export function signMessage(this: unknown, room: ArrayBuffer, key: Bytes, message: Bytes): number {
	return native("xs_xstls_sign").call(this, room, key, message);
}

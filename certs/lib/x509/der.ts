import { CertsError } from "../base/errors";

/** The parts of a certificate that a trust store needs, each with its own tag and length, byte for byte. */
export interface TrustAnchor {
	subject: Buffer;
	publicKey: Buffer;
}

/** One DER element: its first byte, the first byte of its content, and the byte after it. */
interface Element {
	tag: number;
	start: number;
	content: number;
	end: number;
}

const SEQUENCE = 0x30;
const EXPLICIT_VERSION = 0xa0;

/**
 * Subject and SubjectPublicKeyInfo of a certificate (RFC 5280 section 4.1) as they stand in it. Not decoded and encoded
 * again: whoever looks a certificate up compares the bytes. Throws a CertsError.
 */
export function trustAnchor(der: Buffer): TrustAnchor {
	const certificate = read(der, 0);
	const body = read(der, certificate.content);
	if (certificate.tag !== SEQUENCE || body.tag !== SEQUENCE) throw malformed();
	const first = read(der, body.content);
	// The version is optional; then serial number, signature, issuer, validity, subject, public key.
	const serial = first.tag === EXPLICIT_VERSION ? read(der, first.end) : first;
	const fields = [serial];
	while (fields.length < 6) fields.push(read(der, (fields.at(-1) as Element).end));
	const [subject, publicKey] = [fields[4], fields[5]];
	if (subject === undefined || publicKey === undefined) throw malformed();
	return { subject: der.subarray(subject.start, subject.end), publicKey: der.subarray(publicKey.start, publicKey.end) };
}

function read(der: Buffer, start: number): Element {
	const first = der[start + 1];
	if (first === undefined) throw malformed();
	const size = first < 0x80 ? 0 : first & 0x7f;
	if (first === 0x80 || size > 4 || start + 2 + size > der.length) throw malformed();
	const length = size === 0 ? first : der.readUIntBE(start + 2, size);
	const content = start + 2 + size;
	if (content + length > der.length) throw malformed();
	return { tag: der[start] as number, start, content, end: content + length };
}

function malformed(): CertsError {
	return new CertsError("The certificate is not well-formed DER", "Export it again from where it came from");
}

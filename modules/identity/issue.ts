import { tlsErrorCodes } from "tls/error";
import { toCredentialsError } from "./error";
import { limits } from "./limits";
import { type Bytes, makeCertificate, makeKey, makeRequest, pemLabel, writePEM } from "./native";

/** From when to when a certificate is valid, milliseconds since 1970. */
export interface Validity {
	readonly from: number;
	readonly to: number;
}

export interface CertificateTerms {
	/** Common name: letters, digits, dots, hyphens and spaces. */
	readonly subject: string;
	readonly key: Bytes;
	/** Who signs it; itself when left out. */
	readonly issuer?: { readonly subject: string; readonly key: Bytes };
	readonly validity: Validity;
	/** May sign leaves, and nothing below them. Default `false`: for servers and clients. */
	readonly isAuthority?: boolean;
	/** Of `encodeNames`. */
	readonly names?: ArrayBuffer;
	/** Of `encodeConstraints`. */
	readonly constraints?: ArrayBuffer;
}

/** What a maker wrote, alone. */
function fill(what: string, make: (room: ArrayBuffer) => number): ArrayBuffer {
	const room = new ArrayBuffer(limits.maxProduct);
	const answer = make(room);
	if (answer > 0) return room.slice(0, answer);
	if (tlsErrorCodes[-answer] === "ARGUMENT") throw new RangeError(`Making ${what}: the names take too many bytes`);
	throw toCredentialsError(-answer, `Making ${what} failed`);
}

/** `CN=…`, cut to what the field holds. */
function toName(subject: string): string {
	return `CN=${subject.slice(0, limits.maxCommonName)}`;
}

/** YYYYMMDDhhmmss, UTC. */
function toTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 19).replace(/\D/g, "");
}

/**
 * A new P-256 key of PSA's randomness, as PKCS #8.
 * @throws {CredentialsError} `RANDOM`, `MEMORY`
 */
export function issueKey(): ArrayBuffer {
	return fill("a key", room => makeKey(room));
}

/**
 * A certificate in DER.
 * @throws {CredentialsError} `KEY_INVALID`, `MEMORY`, `RANDOM`
 * @throws {RangeError} too many names
 */
export function issueCertificate(terms: CertificateTerms): ArrayBuffer {
	const { subject, key, issuer = { subject, key }, validity, isAuthority = false, names, constraints } = terms;
	return fill("a certificate", room =>
		makeCertificate(
			room,
			toName(subject),
			key,
			toName(issuer.subject),
			issuer.key,
			toTime(validity.from),
			toTime(validity.to),
			isAuthority,
			names,
			constraints
		)
	);
}

/**
 * A signing request (PKCS #10) in DER for `certs csr sign` or another CA. Throws what {@link issueCertificate} throws.
 */
export function issueRequest(subject: string, key: Bytes, names: ArrayBuffer): ArrayBuffer {
	return fill("a signing request", room => makeRequest(room, toName(subject), key, names));
}

/** One PEM block of `der`. */
export function toPEM(der: ArrayBuffer | Uint8Array, label: keyof typeof pemLabel): string {
	// Four characters for three bytes, and room for the lines around them.
	const room = new ArrayBuffer(2 * der.byteLength + 128);
	return String.fromArrayBuffer(room.slice(0, writePEM(room, der, pemLabel[label])));
}

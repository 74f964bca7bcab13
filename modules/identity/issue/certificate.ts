import { tlsErrorCodes } from "tls/error";
import type { Bytes } from "../bytes";
import { toCredentialsError } from "../error";
import { limits } from "../limits";
import { makeCertificate, makeKey, makeRequest, signMessage } from "./native";

/** The validity of a certificate, milliseconds since 1970. */
export interface Validity {
	readonly from: number;
	readonly to: number;
}

export interface CertificateOptions {
	/** Common name: letters, digits, dots, hyphens and spaces. */
	readonly subject: string;
	readonly key: Bytes;
	/** Default: it is self-signed. */
	readonly issuer?: { readonly subject: string; readonly key: Bytes };
	readonly validity: Validity;
	/** A CA that may sign leaves, not CAs. Default `false`: a certificate for servers and clients. */
	readonly isAuthority?: boolean;
	/** Of `encodeNames`. */
	readonly names?: ArrayBuffer;
	/** Of `encodeConstraints`. */
	readonly constraints?: ArrayBuffer;
	/** SHA-256 that proves to an ACME server whose the name is (RFC 8737 §3). */
	readonly challenge?: ArrayBuffer;
}

/** Bytes of an ES256 signature. */
const signatureLength = 64;

/** Calls a native that writes to a buffer, and returns the bytes that it wrote. */
const collect = (what: string, make: (room: ArrayBuffer) => number, most: number = limits.maxProduct): ArrayBuffer => {
	const room = new ArrayBuffer(most);
	const answer = make(room);
	if (answer > 0) return room.slice(0, answer);
	if (tlsErrorCodes[-answer] === "ARGUMENT") throw new RangeError(`Making ${what}: the names take too many bytes`);
	throw toCredentialsError(-answer, `Making ${what} failed`);
};

/** `CN=…`, cut to the length that RFC 5280 allows. */
const toName = (subject: string): string => {
	return `CN=${subject.slice(0, limits.maxCommonName)}`;
};

/** YYYYMMDDhhmmss, UTC. */
const toTime = (milliseconds: number): string => {
	const iso = new Date(milliseconds).toISOString();
	return [...iso.slice(0, 10).split("-"), ...iso.slice(11, 19).split(":")].join("");
};

/**
 * Generates a P-256 key, as PKCS #8.
 * @throws {CredentialsError} `RANDOM`, `MEMORY`
 */
export const issueKey = (): ArrayBuffer => {
	return collect("a key", room => makeKey(room), limits.maxKey);
};

/**
 * A certificate in DER.
 * @throws {CredentialsError} `KEY_INVALID`, `MEMORY`, `RANDOM`
 * @throws {RangeError} too many names
 */
export const issueCertificate = (terms: CertificateOptions): ArrayBuffer => {
	const {
		subject,
		key,
		issuer = { subject, key },
		validity,
		isAuthority = false,
		names,
		constraints,
		challenge
	} = terms;
	return collect("a certificate", room =>
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
			constraints,
			challenge
		)
	);
};

/**
 * A signing request (PKCS #10) in DER for `certs csr sign` or another CA. Throws what {@link issueCertificate} throws.
 */
export const issueRequest = (subject: string, key: Bytes, names: ArrayBuffer): ArrayBuffer => {
	return collect("a signing request", room => makeRequest(room, toName(subject), key, names));
};

/**
 * An ES256 signature (RFC 7518 §3.4), 64 bytes.
 * @param key of {@link issueKey}
 * @throws {CredentialsError} `KEY_INVALID`, `MEMORY`, `RANDOM`
 */
export const signWith = (key: Bytes, message: Bytes): ArrayBuffer => {
	return collect("a signature", room => signMessage(room, key, message), signatureLength);
};

import { hasOnly } from "text/characters";
import { tlsErrorCodes } from "tls/error";
import type { Bytes } from "./bytes";
import CredentialsError, { toCredentialsError } from "./error";
import { limits } from "./limits";
import { findUnsupported } from "./x509/algorithms";
import { joinChain, splitChain } from "./x509/chain";
import { type Form, requireKind } from "./x509/form";
import { knownSamples } from "./x509/known-samples";
import { checkChain, mostSent, readCertificate, readPublicKey } from "./x509/native";

/** The fields of a certificate that are checked and shown. */
export interface CertificateFacts {
	readonly form: Form;
	/** As RFC 4514 writes it, such as `CN=device.local`. */
	readonly subject: string;
	/** Milliseconds since 1970. */
	readonly notBefore: number;
	readonly notAfter: number;
	readonly isAuthority: boolean;
	/** Issuer and subject are the same. */
	readonly isSelfIssued: boolean;
	/** SHA-256 of the certificate, 64 hex digits. */
	readonly fingerprint: string;
	/** SHA-256 of its public key (SubjectPublicKeyInfo), 64 hex digits. */
	readonly publicKey: string;
}

export interface IdentityFacts extends CertificateFacts {
	readonly keyForm: Form;
}

/** The clock that validity is checked by. */
export interface Clock {
	/** Milliseconds since 1970. */
	readonly now: number;
	/** Milliseconds since 1970: a clock that shows less was never set, and nothing is checked by it. Default `limits.earliest`. */
	readonly floor?: number;
}

const hashLength = 64; // hex digits

/**
 * Reads the first certificate of `bytes`, which is the leaf of a chain. Messages call it `name`.
 * @throws {CredentialsError} `CERTIFICATE_INVALID`, also when one after the first does not parse; `MEMORY`
 * @throws {TypeError} `bytes` of another type
 */
export const inspectCertificate = (bytes: Bytes, name = "certificate"): CertificateFacts => {
	const form = requireKind(bytes, "CERTIFICATE", name);
	const fields = readCertificate(bytes);
	if (typeof fields === "number") {
		refuseAlgorithm(fields, bytes, "CERTIFICATE", name);
		throw toCredentialsError(fields, `The ${name} looks like ${form} and does not parse: it is damaged`);
	}
	const [subject, notBefore, notAfter, isAuthority, isSelfIssued, fingerprint, publicKey] = fields;
	const dates = { notBefore: 1000 * notBefore, notAfter: 1000 * notAfter };
	return { form, subject, ...dates, isAuthority, isSelfIssued, fingerprint, publicKey };
};

/** What is whole may still have an algorithm that is not supported. @throws {CredentialsError} then, with what to use. */
const refuseAlgorithm = (answer: number, bytes: Bytes, kind: "CERTIFICATE" | "KEY", name: string): void => {
	if (answer !== tlsErrorCodes.indexOf(`${kind}_INVALID`)) return;
	const found = findUnsupported(bytes, kind);
	if (found === undefined) return;
	throw toCredentialsError(
		answer,
		`The ${name} has ${found}, which TLS does not use here: P-256, P-384, or RSA of 2,048 to 4,096 bits is wanted, signed by one of these with SHA-256 or more`
	);
};

/** Reads all certificates of `bytes`. Throws what {@link inspectCertificate} throws. */
const inspectAll = (bytes: Bytes, name: string): [CertificateFacts, ...CertificateFacts[]] => {
	const first = inspectCertificate(bytes, name);
	const others = splitChain(bytes, name).slice(1);
	return [first, ...others.map(der => ({ ...inspectCertificate(der, name), form: first.form }))];
};

const inspectKey = (bytes: Bytes, name: string): { keyForm: Form; publicKey: string } => {
	const keyForm = requireKind(bytes, "KEY", name);
	const publicKey = readPublicKey(bytes);
	if (typeof publicKey === "number") {
		refuseAlgorithm(publicKey, bytes, "KEY", name);
		throw toCredentialsError(publicKey, `The ${name} looks like ${keyForm} and does not parse`);
	}
	return { keyForm, publicKey };
};

/** The command that makes such a certificate anew. */
const toCommand = (subject: string, role: string): string => {
	const isName = (part: string) =>
		part.startsWith("CN=") && part !== "CN=" && hasOnly(part.slice(3), "-.09AZ__az", false);
	const name = subject.split(", ").find(isName)?.slice(3);
	if (role === "client") return `node certs/bin/certs.mjs client --name ${name ?? "device"} --force`;
	if (role === "CA") return "node certs/bin/certs.mjs ca --force";
	return `node certs/bin/certs.mjs server --host ${name ?? "device.local"} --force`;
};

const day = (milliseconds: number): string => {
	return new Date(milliseconds).toISOString().slice(0, 10);
};

const checkDates = ({ subject, notBefore, notAfter }: CertificateFacts, role: string, clock: Clock): void => {
	const { now, floor = limits.earliest } = clock;
	if (now < floor) return;
	const what = `The ${role} certificate of ${subject}`;
	if (now > notAfter) {
		throw new CredentialsError("CERTIFICATE_EXPIRED", `${what} expired on ${day(notAfter)}`, toCommand(subject, role));
	}
	if (now < notBefore) {
		throw new CredentialsError(
			"CERTIFICATE_NOT_YET_VALID",
			`${what} is valid from ${day(notBefore)}, and the clock says ${day(now)}`,
			toCommand(subject, role)
		);
	}
};

const checkSample = ({ subject, publicKey }: CertificateFacts, role: string): void => {
	const sample = knownSamples.find(entry => entry.startsWith(publicKey));
	if (sample === undefined) return;
	throw new CredentialsError(
		"KNOWN_SAMPLE",
		`The ${role} key is published (${sample.slice(hashLength + 1)}), so anyone can pass for its owner`,
		toCommand(subject, role)
	);
};

const checkPair = ([leaf, ...others]: readonly CertificateFacts[], publicKey: string, role: string): void => {
	const { subject } = leaf as CertificateFacts;
	if (publicKey === leaf?.publicKey) return;
	const owner = others.find(other => other.publicKey === publicKey);
	if (owner !== undefined) {
		throw new CredentialsError(
			"KEY_MISMATCH",
			`The order of the ${role}'s certificates is wrong: ${owner.subject}, whose key it is, comes before ${subject}`
		);
	}
	throw new CredentialsError(
		"KEY_MISMATCH",
		`The ${role} key does not belong to the certificate of ${subject}: the pair that was made together is wanted`,
		toCommand(subject, role)
	);
};

/**
 * Whether a chain and its key, which are stored, belong together. Dates are not looked at.
 * @throws {CredentialsError} `MEMORY`: that says nothing about them
 */
export const isIdentity = (cert: Bytes, key: Bytes): boolean => {
	try {
		checkIdentity(cert, key, "server", { now: 0 });
		return true;
	} catch (error) {
		if (error instanceof CredentialsError && error.code === "MEMORY") throw error;
		return false;
	}
};

const tooLong = (role: string): CredentialsError => {
	return new CredentialsError("CERTIFICATE_INVALID", `The chain of the ${role} certificate is too long to be sent`);
};

/** Each certificate has signed the one before it (RFC 5246 §7.4.2), and together they fit in a message. */
const requireChain = (chain: Bytes, role: string): void => {
	const answer = checkChain(chain);
	if (answer === 0) return;
	const what = `The chain of the ${role} certificate`;
	if (tlsErrorCodes[answer] === "RECORD_OVERFLOW") throw tooLong(role);
	if (tlsErrorCodes[answer] === "CERTIFICATE_UNTRUSTED") {
		throw new CredentialsError("CERTIFICATE_INVALID", `${what} has a gap: each must be signed by the one behind it`);
	}
	throw toCredentialsError(answer, `${what} does not parse`);
};

/**
 * Checks a chain and its key: they belong together, the chain parses, is in order and valid at that time, and none of its
 * keys is published (row A6). It takes some 50 ms on an ESP32 for each certificate after the first, to verify signatures.
 * @throws {CredentialsError} the problem, and the command to run
 * @throws {TypeError} a certificate or key of another type
 */
export const checkIdentity = (cert: Bytes, key: Bytes, role: "server" | "client", clock: Clock): IdentityFacts => {
	const identity = checkAll(inspectAll(cert, `${role} certificate`), key, role, clock);
	requireChain(cert, role);
	return identity;
};

/** As {@link checkIdentity}, of certificates in DER, leaf first, at least one; in the memory of two of them. */
export const checkCertificates = (
	certificates: readonly Uint8Array[],
	key: Bytes,
	role: "server" | "client",
	clock: Clock
): IdentityFacts => {
	const identity = checkEach(certificates, key, role, clock);
	const bytes = certificates.reduce((sum, { length }) => sum + length, 0);
	if (bytes > mostSent(certificates.length)) throw tooLong(role);
	for (let at = 0; at + 1 < certificates.length; at++)
		requireChain(joinChain(certificates.slice(at, at + 2)) as Uint8Array, role);
	return identity;
};

const checkEach = (
	certificates: readonly Uint8Array[],
	key: Bytes,
	role: "server" | "client",
	clock: Clock
): IdentityFacts => {
	const facts = certificates.map(each => inspectCertificate(each, `${role} certificate`));
	return checkAll(facts as [CertificateFacts, ...CertificateFacts[]], key, role, clock);
};

const checkAll = (
	chain: readonly [CertificateFacts, ...CertificateFacts[]],
	key: Bytes,
	role: "server" | "client",
	clock: Clock
): IdentityFacts => {
	const { keyForm, publicKey } = inspectKey(key, `${role} key`);
	checkPair(chain, publicKey, role);
	chain.forEach((facts, index) => {
		checkSample(facts, index === 0 ? role : "CA");
		checkDates(facts, index === 0 ? role : "CA", clock);
	});
	return { ...chain[0], keyForm };
};

/**
 * Checks CA certificates: they parse, are valid at that time, and none of their keys is published.
 * @throws {CredentialsError} the problem, and the command to run
 * @throws {TypeError} `bytes` of another type
 */
export const checkAuthorities = (bytes: Bytes, clock: Clock): readonly CertificateFacts[] => {
	const authorities = inspectAll(bytes, "CA certificate");
	for (const facts of authorities) {
		checkSample(facts, "CA");
		checkDates(facts, "CA", clock);
	}
	return authorities;
};

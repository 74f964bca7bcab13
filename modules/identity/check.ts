import { tlsErrorCodes } from "tls/error";
import CredentialsError, { type CredentialsErrorCode } from "./error";
import { type Form, requireKind } from "./form";
import { knownSamples } from "./known-samples";
import { limits } from "./limits";
import { type Bytes, readCertificate, readPublicKey } from "./native";

/** What there is to know of a certificate. */
export interface CertificateFacts {
	readonly form: Form;
	/** As RFC 4514 writes it, such as `CN=device.local`. */
	readonly subject: string;
	/** Milliseconds since 1970. */
	readonly notBefore: number;
	readonly notAfter: number;
	readonly isAuthority: boolean;
	/** Its issuer has its own name. */
	readonly isSelfIssued: boolean;
	/** SHA-256 of the certificate, 64 hex digits. */
	readonly fingerprint: string;
	/** SHA-256 of its public key (SubjectPublicKeyInfo), 64 hex digits. */
	readonly publicKey: string;
}

export interface IdentityFacts extends CertificateFacts {
	readonly keyForm: Form;
}

const hashLength = 64; // hex digits

/** Error codes that come out of C mean the same here; those of the world's fault have a class of their own. */
function fail(answer: number, problem: string): never {
	const code = tlsErrorCodes[answer] ?? "INTERNAL";
	throw new CredentialsError(code as CredentialsErrorCode, code === "MEMORY" ? "Out of memory" : problem);
}

/**
 * The first certificate of `bytes`: the leaf, when it is a chain. `name` says in messages which one it is.
 * @throws {CredentialsError} `CERTIFICATE_INVALID`, `MEMORY`
 */
export function inspectCertificate(bytes: Bytes, name = "certificate"): CertificateFacts {
	const form = requireKind(bytes, "CERTIFICATE", name);
	const fields = readCertificate(bytes);
	if (typeof fields === "number") fail(fields, `The ${name} looks like ${form} and does not parse: it is damaged`);
	const [subject, notBefore, notAfter, isAuthority, isSelfIssued, fingerprint, publicKey] = fields;
	const dates = { notBefore: 1000 * notBefore, notAfter: 1000 * notAfter };
	return { form, subject, ...dates, isAuthority, isSelfIssued, fingerprint, publicKey };
}

function inspectKey(bytes: Bytes, name: string): { keyForm: Form; publicKey: string } {
	const keyForm = requireKind(bytes, "KEY", name);
	const publicKey = readPublicKey(bytes);
	if (typeof publicKey === "number") fail(publicKey, `The ${name} looks like ${keyForm} and does not parse`);
	return { keyForm, publicKey };
}

/** The command of certs that makes another such certificate. */
function remake(subject: string, role: string): string {
	const name = /CN=([\w.-]+)/.exec(subject)?.[1];
	if (role === "client") return `npx certs client --name ${name ?? "device"} --force`;
	if (role === "CA") return "npx certs ca --force";
	return `npx certs server --host ${name ?? "device.local"} --force`;
}

function day(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 10);
}

function checkDates({ subject, notBefore, notAfter }: CertificateFacts, role: string, now: number): void {
	if (now < limits.earliest) return;
	const what = `The ${role} certificate of ${subject}`;
	if (now > notAfter) {
		throw new CredentialsError("CERTIFICATE_EXPIRED", `${what} expired on ${day(notAfter)}`, remake(subject, role));
	}
	if (now < notBefore) {
		throw new CredentialsError(
			"CERTIFICATE_NOT_YET_VALID",
			`${what} is valid from ${day(notBefore)}, and the clock says ${day(now)}`,
			remake(subject, role)
		);
	}
}

function checkSample({ subject, publicKey }: CertificateFacts, role: string): void {
	const sample = knownSamples.find(entry => entry.startsWith(publicKey));
	if (sample === undefined) return;
	throw new CredentialsError(
		"KNOWN_SAMPLE",
		`The ${role} key is published (${sample.slice(hashLength + 1)}), so anyone can pass for its owner`,
		remake(subject, role)
	);
}

/**
 * A chain and its key, which must belong together, be valid at `now` (milliseconds since 1970; before
 * `limits.earliest` the clock is taken for one that was not set) and not be published (row A6).
 * @throws {CredentialsError} with what is wrong, and what to run
 */
export function checkIdentity(cert: Bytes, key: Bytes, role: "server" | "client", now: number): IdentityFacts {
	const facts = inspectCertificate(cert, `${role} certificate`);
	const { keyForm, publicKey } = inspectKey(key, `${role} key`);
	if (publicKey !== facts.publicKey) {
		throw new CredentialsError(
			"KEY_MISMATCH",
			`The ${role} key does not belong to the certificate of ${facts.subject}: the pair that was made together is wanted`,
			remake(facts.subject, role)
		);
	}
	checkSample(facts, role);
	checkDates(facts, role, now);
	return { ...facts, keyForm };
}

/**
 * The first of the CA certificates in `bytes`, under the same conditions.
 * @throws {CredentialsError} with what is wrong, and what to run
 */
export function checkAuthority(bytes: Bytes, now: number): CertificateFacts {
	const facts = inspectCertificate(bytes, "CA certificate");
	checkSample(facts, "CA");
	checkDates(facts, "CA", now);
	return facts;
}

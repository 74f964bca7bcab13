import type { Bytes } from "../bytes";
import CredentialsError from "../error";
import { identify } from "./native";

/** Kinds of files, in the order of `TLS_INPUTS` in tls-input.h (a unit test compares them). */
export const inputKinds = [
	"UNKNOWN",
	"EMPTY",
	"CERTIFICATE",
	"KEY",
	"ENCRYPTED_KEY",
	"OPENSSH_KEY",
	"PUBLIC_KEY",
	"REQUEST",
	"PKCS12",
	"CUT_OFF"
] as const;
Object.freeze(inputKinds);

export type InputKind = (typeof inputKinds)[number];
export type Form = "PEM" | "DER";

const pemFlag = 256;

const descriptions: Readonly<Record<InputKind, string>> = Object.freeze({
	UNKNOWN: "neither PEM nor DER",
	EMPTY: "empty",
	CERTIFICATE: "a certificate",
	KEY: "a private key",
	ENCRYPTED_KEY: "an encrypted private key",
	OPENSSH_KEY: "a private key in OpenSSH's own format",
	PUBLIC_KEY: "a public key without its private half",
	REQUEST: "a signing request, not signed yet",
	PKCS12: "a PKCS #12 file",
	CUT_OFF: "cut off before its end"
});

/** The command that converts such a file into one that can be used. */
const remedies: Readonly<Partial<Record<InputKind, string>>> = Object.freeze({
	ENCRYPTED_KEY: "openssl pkey -in FILE -out server.key.pem",
	OPENSSH_KEY: "ssh-keygen -p -m PEM -f FILE",
	REQUEST: "node certs/bin/certs.mjs csr sign FILE",
	PKCS12: "openssl pkcs12 -in FILE -nodes -out both.pem"
});

/** The kind of `bytes`; of several PEM blocks one of the kind `wanted` decides, if there is one. */
export const findForm = (bytes: Bytes, wanted: InputKind): { kind: InputKind; form: Form } => {
	const answer = identify(bytes, inputKinds.indexOf(wanted));
	return { kind: inputKinds[answer % pemFlag] ?? "UNKNOWN", form: answer >= pemFlag ? "PEM" : "DER" };
};

/** @throws {TypeError} not bytes. */
const requireBytes = (bytes: unknown, name: string): void => {
	const isBuffer = typeof bytes === "object" && bytes !== null && "byteLength" in bytes;
	if (typeof bytes === "string" || isBuffer) return;
	const type = bytes === null ? "null" : typeof bytes;
	throw new TypeError(`The ${name} is ${type}: PEM or DER in a string, buffer or Resource is wanted`);
};

/**
 * The form of `bytes`, which must be of the kind `wanted`; `name` says in messages which input it is.
 * @throws {CredentialsError} `CERTIFICATE_INVALID` or `KEY_INVALID`, with what it is instead
 * @throws {TypeError} not bytes
 */
export const requireKind = (bytes: Bytes, wanted: "CERTIFICATE" | "KEY", name: string): Form => {
	requireBytes(bytes, name);
	const { kind, form } = findForm(bytes, wanted);
	if (kind === wanted) return form;
	throw new CredentialsError(
		wanted === "KEY" ? "KEY_INVALID" : "CERTIFICATE_INVALID",
		`The ${name} is ${descriptions[kind]}: ${descriptions[wanted]} in PEM or DER is wanted`,
		remedies[kind]
	);
};

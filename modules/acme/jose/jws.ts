// Flattened JSON Web Signatures (RFC 7515 §7.2.2) with ES256, and what ACME makes of keys.

import { decodeBase64 } from "text/base64";
import { sha256 } from "tls/digest";
import { encodeBase64URL, encodeText } from "./base64url";
import { hmac } from "./hmac";

/** A P-256 key of the device. */
export interface AccountKey {
	/** Coordinates of the public key, 32 bytes each. */
	readonly x: Uint8Array;
	readonly y: Uint8Array;
	/** An ES256 signature. */
	sign(message: ArrayBuffer): ArrayBuffer;
}

/** An account at a CA that has been made elsewhere, as the CA tells it (RFC 8555 §7.3.4). */
export interface ExternalAccount {
	readonly kid: string;
	/** Base64url. */
	readonly key: string;
}

const join = (header: object, payload: string, sign: (input: ArrayBuffer) => ArrayBuffer): string => {
	const head = encodeText(JSON.stringify(header));
	const body = encodeText(payload);
	const signature = encodeBase64URL(new Uint8Array(sign(ArrayBuffer.fromString([head, body].join(".")))));
	// None of them has a character that JSON would write otherwise. In one: a text that grows is there twice.
	return ['{"protected":"', head, '","payload":"', body, '","signature":"', signature, '"}'].join("");
};

/** The public key in the form of which the thumbprint is made (RFC 7638 §3.2). */
const canonical = ({ x, y }: AccountKey): string => {
	return `{"crv":"P-256","kty":"EC","x":"${encodeBase64URL(x)}","y":"${encodeBase64URL(y)}"}`;
};

/** SHA-256 of the public key by RFC 7638, Base64url. */
export const thumbprint = (key: AccountKey): string => {
	return encodeBase64URL(new Uint8Array(sha256(ArrayBuffer.fromString(canonical(key)))));
};

/**
 * A signed request (RFC 8555 §6.2).
 * @param payload JSON; empty for POST-as-GET
 * @param account URL of the account; `undefined` when the CA does not know the key yet
 */
export const signRequest = (
	key: AccountKey,
	url: string,
	nonce: string,
	payload: string,
	account: string | undefined
): string => {
	const who = account === undefined ? { jwk: JSON.parse(canonical(key)) } : { kid: account };
	return join({ alg: "ES256", nonce, url, ...who }, payload, input => key.sign(input));
};

/** Binds the key to an external account (RFC 8555 §7.3.4). @throws {RangeError} its key is not Base64url */
export const bindAccount = (key: AccountKey, url: string, { kid, key: secret }: ExternalAccount): unknown => {
	const plain = secret.replaceAll("-", "+").replaceAll("_", "/").replaceAll("=", "");
	const bytes = decodeBase64(plain + "=".repeat((4 - (plain.length % 4)) % 4));
	if (bytes === undefined || bytes.length === 0) throw new RangeError("The key of externalAccount is not Base64url");
	return JSON.parse(join({ alg: "HS256", kid, url }, canonical(key), input => hmac(bytes, input)));
};

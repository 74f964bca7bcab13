import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { CertsError } from "../base/errors";
import { subtle } from "./x509";

/** The kinds of key that can be asked for; `ec` is P-256 and `rsa` is RSA-2048. */
export const KEY_TYPES = ["ec", "rsa", "p-256", "p-384", "rsa-2048", "rsa-3072", "rsa-4096"] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** A key pair with its PKCS#8 forms, and the algorithm that it signs certificates with. */
export interface Key {
	pair: CryptoKeyPair;
	pkcs8: Buffer;
	pem: string;
	signing: Algorithm | EcdsaParams;
}

type Parameters = EcKeyGenParams | RsaHashedKeyGenParams;

const PARAMETERS: Record<KeyType, () => Parameters> = {
	ec: () => ec("P-256"),
	"p-256": () => ec("P-256"),
	"p-384": () => ec("P-384"),
	rsa: () => rsa(2048),
	"rsa-2048": () => rsa(2048),
	"rsa-3072": () => rsa(3072),
	"rsa-4096": () => rsa(4096)
};

/** Makes a key pair that is unique to this call. */
export async function generateKey(type: KeyType): Promise<Key> {
	const parameters = PARAMETERS[type]();
	const pair = (await subtle.generateKey(parameters, true, ["sign", "verify"])) as CryptoKeyPair;
	const pkcs8 = Buffer.from(await subtle.exportKey("pkcs8", pair.privateKey));
	return { pair, pkcs8, pem: pem("PRIVATE KEY", pkcs8), signing: signingAlgorithm(parameters) };
}

/** Takes a private key from PEM or DER (PKCS#8, PKCS#1 or SEC 1). Throws a CertsError that names `path`. */
export async function importKey(data: Buffer, path: string): Promise<Key> {
	const key = readPrivateKey(data, path);
	const parameters = parametersOf(key, path);
	const pkcs8 = key.export({ type: "pkcs8", format: "der" });
	const spki = createPublicKey(key).export({ type: "spki", format: "der" });
	try {
		const privateKey = await subtle.importKey("pkcs8", new Uint8Array(pkcs8), parameters, true, ["sign"]);
		const publicKey = await subtle.importKey("spki", new Uint8Array(spki), parameters, true, ["verify"]);
		const pair = { privateKey, publicKey };
		return { pair, pkcs8, pem: pem("PRIVATE KEY", pkcs8), signing: signingAlgorithm(parameters) };
	} catch {
		throw unreadableKey(path);
	}
}

/** The private key in `data`, or a CertsError that names `path`. */
export function readPrivateKey(data: Buffer, path: string): KeyObject {
	if (data.includes("-----BEGIN ")) {
		if (data.includes("ENCRYPTED")) {
			throw new CertsError(
				`${path} is locked with a passphrase`,
				`Unlock it first: openssl pkey -in ${path} -out unlocked.key.pem`
			);
		}
		return tryKey(() => createPrivateKey({ key: data, format: "pem" }), path);
	}
	return tryKey(() => createPrivateKey({ key: data, format: "der", type: "pkcs8" }), path);
}

/** `P-256`, `P-384`, `RSA-2048` …: what a key is, for people and for comparing. */
export function describeKey(key: KeyObject): string {
	const details = key.asymmetricKeyDetails;
	if (key.asymmetricKeyType === "rsa") return `RSA-${details?.modulusLength}`;
	if (key.asymmetricKeyType === "ec") return CURVES[details?.namedCurve ?? ""] ?? `EC ${details?.namedCurve}`;
	return key.asymmetricKeyType ?? "unknown";
}

/** What {@link describeKey} says of a key made as `type`. */
export function describeKeyType(type: KeyType): string {
	if (type === "ec") return "P-256";
	if (type === "rsa") return "RSA-2048";
	return type.toUpperCase();
}

/** PEM text (RFC 7468) of one block. */
export function pem(label: string, der: Uint8Array): string {
	const lines =
		Buffer.from(der)
			.toString("base64")
			.match(/.{1,64}/g) ?? [];
	return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

const CURVES: Record<string, string> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };

function tryKey(read: () => KeyObject, path: string): KeyObject {
	try {
		return read();
	} catch {
		throw unreadableKey(path);
	}
}

function unreadableKey(path: string): CertsError {
	return new CertsError(`${path} holds no private key that can be read`, "Give a PEM or PKCS#8 DER key file");
}

function ec(namedCurve: string): EcKeyGenParams {
	return { name: "ECDSA", namedCurve };
}

function rsa(modulusLength: number): RsaHashedKeyGenParams {
	return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength, publicExponent: new Uint8Array([1, 0, 1]) };
}

function parametersOf(key: KeyObject, path: string): Parameters {
	const what = describeKey(key);
	if (what === "P-256" || what === "P-384") return ec(what);
	const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
	if (key.asymmetricKeyType === "rsa" && bits >= 2048) return rsa(bits);
	throw new CertsError(
		`${path} holds a ${what} key, which this tool does not sign with`,
		"Use P-256, P-384, or RSA of 2048 bits and more"
	);
}

function signingAlgorithm(parameters: Parameters): Algorithm | EcdsaParams {
	if (!("namedCurve" in parameters)) return { name: parameters.name };
	return { name: "ECDSA", hash: parameters.namedCurve === "P-384" ? "SHA-384" : "SHA-256" };
}

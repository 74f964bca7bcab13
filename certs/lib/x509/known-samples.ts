import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import listed from "../../known-samples.json";
import { TOOL } from "../base/command";
import { CertsError } from "../base/errors";
import { readPrivateKey } from "./keys";
import { pemBlocks } from "./pem";

/** The list of published key pairs (`certs/known-samples.json`). It never holds a key, only hashes of public keys. */
export interface KnownSamples {
	format: 1;
	about: string;
	/** SHA-256 of the DER SubjectPublicKeyInfo, in hex, and where the key pair is published. */
	keys: { spki: string; what: string }[];
}

/** SHA-256 of a key's DER SubjectPublicKeyInfo, in hex. */
export function spkiHash(key: KeyObject): string {
	const half = key.type === "private" ? createPublicKey(key) : key;
	return createHash("sha256")
		.update(half.export({ type: "spki", format: "der" }))
		.digest("hex");
}

/** Where `key` is published, or undefined when it is not known to be. */
export function knownSample(key: KeyObject, list = (listed as KnownSamples).keys): string | undefined {
	const hash = spkiHash(key);
	return list.find(entry => entry.spki === hash)?.what;
}

/** Throws a CertsError when `key` is published; `path` names it. */
export function refuseKnownSample(key: KeyObject, path: string): void {
	const what = knownSample(key);
	if (what === undefined) return;
	throw new CertsError(
		`${path} has a published sample key (${what}), so anyone can impersonate its owner`,
		`Make one of your own: ${TOOL} server --help`
	);
}

/** The key of a file with a certificate, a private or a public key. Throws a CertsError. */
export function readAnyKey(data: Buffer, path: string): KeyObject {
	const labels = data.includes("-----BEGIN ") ? pemBlocks(data.toString("latin1")).map(block => block.label) : [];
	if (labels.some(label => label.endsWith("PRIVATE KEY"))) return readPrivateKey(data, path);
	for (const attempt of [
		() => new X509Certificate(data).publicKey,
		() => createPublicKey(data),
		() => readPrivateKey(data, path)
	]) {
		try {
			return attempt();
		} catch {
			// Not of this kind; the next attempt may know it.
		}
	}
	throw new CertsError(`${path} holds neither a certificate nor a key`, "Give a PEM or DER file with one of them");
}

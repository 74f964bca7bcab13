import { tlsErrorCodes } from "tls/error";
import { type CertificateFacts, inspectCertificate } from "./check";
import CredentialsError from "./error";
import { limits } from "./limits";
import { joinChain } from "./x509/chain";
import { checkChain, readPublicKey } from "./x509/native";

interface Found {
	readonly der: Uint8Array;
	readonly facts: CertificateFacts;
}

/** The one whose key signed `of`. */
const findIssuer = (of: Found, among: readonly Found[]): Found | undefined => {
	return among.find(({ der }) => {
		const answer = checkChain(joinChain([of.der, der]) as Uint8Array);
		if (tlsErrorCodes[answer] === "RECORD_OVERFLOW")
			throw new CredentialsError("CERTIFICATE_INVALID", "The chain is too long to be sent");
		return answer === 0;
	});
};

const requireLeaf = (all: readonly Found[], key: Uint8Array): Found => {
	const publicKey = readPublicKey(key);
	const leaf = all.find(({ facts }) => facts.publicKey === publicKey);
	if (leaf !== undefined) return leaf;
	throw new CredentialsError(
		"KEY_MISMATCH",
		"None of the certificates is for the device's key: the answer to its last request is wanted"
	);
};

const requireUsed = (rest: readonly Found[], last: Found): void => {
	const [unused] = rest;
	if (unused === undefined) return;
	throw new CredentialsError(
		"CERTIFICATE_INVALID",
		`The chain does not lead up: ${last.facts.subject} was signed by none of the others, and ${unused.facts.subject} has signed none`
	);
};

/**
 * The certificates of a file as people have it, in any order and with the root or without, as servers send them: that of the
 * key first, each signed by the next, without the root (RFC 8446 §4.4.2).
 * @param certificates DER
 * @param key PKCS #8
 * @throws {CredentialsError} `KEY_MISMATCH` when none is for the key; `CERTIFICATE_INVALID` when one does not parse, one is left
 * over, or there are too many
 */
export const orderChain = (certificates: readonly Uint8Array[], key: Uint8Array): Uint8Array[] => {
	if (certificates.length > limits.maxCertificates)
		throw new CredentialsError("CERTIFICATE_INVALID", `There are more than ${limits.maxCertificates} certificates`);
	const all = certificates.map(der => ({ der, facts: inspectCertificate(der) }));
	let last = requireLeaf(all, key);
	const chain = [last.der];
	// The same certificate twice is no mistake.
	let rest = all.filter(({ facts }) => facts.fingerprint !== last.facts.fingerprint);
	while (rest.length > 0 && !last.facts.isSelfIssued) {
		const issuer = findIssuer(last, rest);
		if (issuer === undefined) break;
		rest = rest.filter(({ facts }) => facts.fingerprint !== issuer.facts.fingerprint);
		if (!issuer.facts.isSelfIssued) chain.push(issuer.der);
		last = issuer;
	}
	requireUsed(rest, last);
	return chain;
};

import { createPublicKey, type KeyObject, type X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { DAY, MAX_LEAF_DAYS } from "../base/limits";
import { describeKey } from "./keys";
import { knownSample } from "./known-samples";
import { signatureOf } from "./signatures";
import { day } from "./validity";
import { x509 } from "./x509";

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

/**
 * What a browser would say against a chain, leaf first, once its CA is trusted; empty when nothing. With `host`, also
 * whether the leaf is for that name or address.
 */
export function objectTo(chain: readonly X509Certificate[], host?: string): string[] {
	const leaf = chain[0];
	if (leaf === undefined) return [];
	const own = leaf.ca ? objectToCa(leaf, chain.length) : isClientOnly(leaf) ? [] : objectToServer(leaf, host);
	return [...own, ...chain.flatMap(objectToAny), ...objectToOrder(chain)];
}

/** What is wrong with a key, whatever it is for. */
export function objectToKey(key: KeyObject): string[] {
	const sample = knownSample(key);
	const objections =
		sample === undefined ? [] : [`its private key is published (${sample}): anyone can impersonate it`];
	if (key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
		objections.push(`its key is ${describeKey(key)}, and RSA below 2048 bits is refused`);
	} else if (key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) > 4096) {
		objections.push(`its key is ${describeKey(key)}, and these devices take no RSA above 4096 bits`);
	} else if (key.asymmetricKeyType !== "rsa" && !/^P-(256|384|521)$/.test(describeKey(key))) {
		objections.push(
			`its key is ${describeKey(key)}, which neither browsers nor these devices take: use P-256, P-384 or RSA-2048`
		);
	}
	if (isWrittenOut(key))
		objections.push(
			"its key has its curve written out, which neither browsers nor these devices take: use a named one"
		);
	return objections;
}

/** Whether a key has all numbers of its curve in the place of its name. A public one of 521 bits with a name takes 158 bytes. */
function isWrittenOut(key: KeyObject): boolean {
	if (key.asymmetricKeyType !== "ec") return false;
	const own = key.type === "private" ? createPublicKey(key) : key;
	return own.export({ type: "spki", format: "der" }).byteLength > 158;
}

/** Whether a leaf is for clients and not for servers. */
export function isClientOnly(leaf: X509Certificate): boolean {
	const usage = leaf.keyUsage ?? [];
	return usage.includes(CLIENT_AUTH) && !usage.includes(SERVER_AUTH);
}

function objectToServer(leaf: X509Certificate, host: string | undefined): string[] {
	const objections: string[] = [];
	if (!leaf.subjectAltName) objections.push("it has no subjectAltName, and the common name does not count any more");
	else if (host !== undefined && !isFor(leaf, host))
		objections.push(`it is not for ${host}, but for ${leaf.subjectAltName}`);
	const days = (new Date(leaf.validTo).getTime() - new Date(leaf.validFrom).getTime() + 1000) / DAY;
	if (days > MAX_LEAF_DAYS)
		objections.push(`it is valid for ${Math.ceil(days)} days, and more than ${MAX_LEAF_DAYS} are refused`);
	if (!leaf.keyUsage?.includes(SERVER_AUTH)) objections.push("its extended key usage does not say serverAuth");
	const bits = keyUsage(leaf);
	if (bits !== undefined && !(bits & x509.KeyUsageFlags.digitalSignature))
		objections.push("its key usage does not say digitalSignature");
	if (describeKey(leaf.publicKey) === "P-521")
		objections.push(
			"its key is P-521, which these devices and Firefox take, and Chromium does not: use P-256 or P-384"
		);
	if (leaf.subject === leaf.issuer)
		objections.push("no CA has signed it, so it must be trusted by hand on each machine");
	return objections;
}

function objectToCa(ca: X509Certificate, length: number): string[] {
	const bits = keyUsage(ca);
	const objections = length > 1 ? ["a CA stands first, where the server's own certificate belongs"] : [];
	if (bits === undefined || !(bits & x509.KeyUsageFlags.keyCertSign))
		objections.push("it is a CA, but its key usage does not say keyCertSign");
	return objections;
}

function objectToAny(certificate: X509Certificate, index: number): string[] {
	const objections = objectToKey(certificate.publicKey);
	const now = Date.now();
	const [from, until] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
	if (until.getTime() < now) objections.push(`it expired on ${day(until)}`);
	if (from.getTime() > now) objections.push(`it is not valid before ${day(from)}`);
	const { name, hash } = signatureOf(certificate);
	if (!/^(RSASSA-PKCS1-v1_5|RSA-PSS|ECDSA)$/.test(name))
		objections.push(
			`it is signed by ${name}, which neither browsers nor these devices take: a CA with P-256, P-384 or RSA is wanted`
		);
	else if (!/^SHA-(256|384|512)$/.test(hash) && certificate.subject !== certificate.issuer)
		objections.push(`it is signed with ${hash}: SHA-256 is wanted`);
	return index === 0 ? objections : objections.map(text => `certificate ${index + 1}: ${text}`);
}

function objectToOrder(chain: readonly X509Certificate[]): string[] {
	return chain.slice(1).flatMap((issuer, index) => {
		const certificate = chain[index] as X509Certificate;
		if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey))
			return [`certificate ${index + 2} has not signed certificate ${index + 1}: the order is leaf, then each issuer`];
		const until = new Date(issuer.validTo);
		return until < new Date(certificate.validTo)
			? [`certificate ${index + 2}, which has signed certificate ${index + 1}, ends before it, on ${day(until)}`]
			: [];
	});
}

function isFor(leaf: X509Certificate, host: string): boolean {
	const found = isIP(host) === 0 ? leaf.checkHost(host, { subject: "never" }) : leaf.checkIP(host);
	return found !== undefined;
}

function keyUsage(certificate: X509Certificate): number | undefined {
	return parse(certificate).getExtension(x509.KeyUsagesExtension)?.usages;
}

function parse(certificate: X509Certificate): x509.X509Certificate {
	return new x509.X509Certificate(new Uint8Array(certificate.raw));
}

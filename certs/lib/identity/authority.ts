import { createPublicKey, randomBytes, type X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { toolLine } from "../base/command";
import { CertsError } from "../base/errors";
import { type Product, readInput, writeProducts } from "../base/files";
import { issueCa } from "../x509/issue";
import { generateKey, importKey, type Key, type KeyType, pem, readPrivateKey } from "../x509/keys";
import { refuseKnownSample } from "../x509/known-samples";
import { readCertificates } from "../x509/pem";
import { caValidity, day, type ValidityOptions } from "../x509/validity";
import { x509 } from "../x509/x509";

export const CA_FILES = { pem: "ca.pem", key: "ca.key.pem", der: "ca.der" } as const;

/** A CA that can sign: its certificate, its key, and what a leaf must carry along. */
export interface Authority {
	certificate: x509.X509Certificate;
	key: Key;
	/** Intermediates to send after the leaf, DER; empty when the CA is a root. */
	chain: Buffer[];
	/** When it ends, or what is above it does: nothing that it signs is good for longer. */
	until: Date;
}

/** What a new CA is to be. */
export interface AuthorityOptions extends ValidityOptions {
	name?: string;
	keyType: KeyType;
}

/** The CA's file paths in `directory`. */
export function caPaths(directory: string): { pem: string; key: string; der: string } {
	return { pem: join(directory, CA_FILES.pem), key: join(directory, CA_FILES.key), der: join(directory, CA_FILES.der) };
}

/** Makes a CA and writes its three files. */
export async function createAuthority(
	directory: string,
	options: AuthorityOptions,
	force: boolean
): Promise<Authority> {
	// Unique by default: two CAs of one name in a trust store confuse people and browsers.
	const name = options.name ?? `Local device CA ${randomBytes(4).toString("hex")}`;
	const key = await generateKey(options.keyType);
	const certificate = await issueCa(key, name, caValidity(options));
	const der = Buffer.from(certificate.rawData);
	const products: Product[] = [
		{ name: CA_FILES.pem, data: pem("CERTIFICATE", der) },
		{ name: CA_FILES.der, data: der },
		{ name: CA_FILES.key, data: key.pem, secret: true }
	];
	writeProducts(directory, products, force);
	return { certificate, key, chain: [], until: certificate.notAfter };
}

/** Whether `directory` holds any part of a CA. */
export function hasAuthority(directory: string): boolean {
	const paths = caPaths(directory);
	return existsSync(paths.pem) || existsSync(paths.key);
}

/** Reads the CA in `directory` and checks that it can sign today. Throws a CertsError that says what is wrong. */
export async function loadAuthority(directory: string): Promise<Authority> {
	const paths = caPaths(directory);
	for (const path of [paths.pem, paths.key]) {
		if (!existsSync(path)) {
			throw new CertsError(
				`There is no ${path}, so nothing can be signed`,
				`Put it back, or make a new CA: ${toolLine("ca", "--out", directory, "--force")}`
			);
		}
	}
	const [issuer, ...above] = readCertificates(readInput(paths.pem), paths.pem) as [
		X509Certificate,
		...X509Certificate[]
	];
	const keyData = readInput(paths.key);
	checkAuthority(
		issuer,
		createPublicKey(readPrivateKey(keyData, paths.key)).export({ type: "spki", format: "der" }),
		directory
	);
	const until = firstEnd([issuer, ...above]);
	if (until.getTime() < Date.now())
		throw new CertsError(
			`${paths.pem} expired on ${day(until)}`,
			`Make a new CA: ${toolLine("ca", "--out", directory, "--force")}`
		);
	const chain = [issuer, ...above].filter(certificate => certificate.subject !== certificate.issuer);
	return {
		certificate: new x509.X509Certificate(new Uint8Array(issuer.raw)),
		key: await importKey(keyData, paths.key),
		chain: chain.map(certificate => certificate.raw),
		until
	};
}

function firstEnd(certificates: readonly X509Certificate[]): Date {
	return new Date(Math.min(...certificates.map(({ validTo }) => Date.parse(validTo))));
}

function checkAuthority(issuer: X509Certificate, spki: Buffer, directory: string): void {
	const { pem: path, key } = caPaths(directory);
	const renew = `Make a new CA: ${toolLine("ca", "--out", directory, "--force")}`;
	if (!issuer.ca) throw new CertsError(`${path} is not a CA certificate`, renew);
	if (!issuer.publicKey.export({ type: "spki", format: "der" }).equals(spki)) {
		throw new CertsError(`${key} is not the key of ${path}`, `Put the right one back. ${renew}`);
	}
	refuseKnownSample(issuer.publicKey, path);
}

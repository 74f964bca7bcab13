import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CertsError } from "../base/errors";
import type { Product } from "../base/files";
import { DAY, RENEW_DAYS } from "../base/limits";
import { describeKey, type Key, pem, readPrivateKey } from "../x509/keys";
import { type Names, sameNames } from "../x509/names";
import { day } from "../x509/validity";
import type { Authority } from "./authority";

/** What a leaf in a folder must be to be kept. */
export interface Wanted {
	names: Names;
	/** As `describeKey` says it; undefined when any will do. */
	key?: string;
	/** Subject common name; undefined when any will do. */
	commonName?: string;
	/** The command line that replaces one that is not ours. */
	replace: string;
}

/** The files of an identity called `base`, in the order in which they are written. */
export function identityFiles(base: string): { pem: string; der: string; keyDer: string; key: string } {
	return { pem: `${base}.pem`, der: `${base}.der`, keyDer: `${base}.key.der`, key: `${base}.key.pem` };
}

/** The files of an identity: certificate (leaf first, then `chain`) and key, in PEM and DER. */
export function identityProducts(base: string, leaf: Uint8Array, chain: readonly Uint8Array[], key?: Key): Product[] {
	const files = identityFiles(base);
	const products: Product[] = [
		{ name: files.pem, data: [leaf, ...chain].map(der => pem("CERTIFICATE", der)).join("") },
		{ name: files.der, data: leaf }
	];
	if (key === undefined) return products;
	return [
		...products,
		{ name: files.keyDer, data: key.pkcs8, secret: true },
		{ name: files.key, data: key.pem, secret: true }
	];
}

/**
 * Why the identity in `directory` must be made anew, or undefined when it is good as it is. Throws a CertsError when
 * what is there was not made by this CA, for then it is someone's own and not ours to replace.
 */
export function whyRenew(directory: string, base: string, authority: Authority, wanted: Wanted): string | undefined {
	const files = identityFiles(base);
	const missing = Object.values(files).filter(name => !existsSync(join(directory, name)));
	if (missing.length === Object.keys(files).length) return "there is none yet";
	const leaf = readLeaf(join(directory, files.pem));
	if (leaf === undefined || !issuedBy(leaf, authority)) {
		throw new CertsError(
			`${join(directory, missing.includes(files.pem) ? files.key : files.pem)} was not made by the CA in ${directory}, so --if-needed keeps its hands off`,
			`To replace it: ${wanted.replace}. Or choose another folder with --out`
		);
	}
	if (missing.length > 0) return `${missing[0]} is missing`;
	return whyStale(leaf, authority) ?? whyMismatched(directory, files, leaf) ?? whyOther(leaf, wanted);
}

/** The subjectAltName of a certificate as names. */
export function namesOf(certificate: X509Certificate): Names {
	const names: Names = { hosts: [], ips: [] };
	for (const entry of certificate.subjectAltName?.split(", ") ?? []) {
		if (entry.startsWith("DNS:")) names.hosts.push(entry.slice(4));
		if (entry.startsWith("IP Address:")) names.ips.push(entry.slice(11));
	}
	return names;
}

function readLeaf(path: string): X509Certificate | undefined {
	try {
		return new X509Certificate(readFileSync(path));
	} catch {
		return undefined;
	}
}

function issuedBy(leaf: X509Certificate, authority: Authority): boolean {
	const issuer = new X509Certificate(Buffer.from(authority.certificate.rawData));
	return leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey);
}

// One that ends with its CA would not live longer if it were made again.
function whyStale(leaf: X509Certificate, authority: Authority): string | undefined {
	const until = new Date(leaf.validTo).getTime();
	const life = until - new Date(leaf.validFrom).getTime();
	const left = until - Date.now();
	if (left < 0) return `it expired on ${day(new Date(until))}`;
	const isLongest = until >= authority.until.getTime();
	return !isLongest && left < Math.min(RENEW_DAYS * DAY, life / 2)
		? `it expires on ${day(new Date(until))}`
		: undefined;
}

function whyMismatched(
	directory: string,
	files: ReturnType<typeof identityFiles>,
	leaf: X509Certificate
): string | undefined {
	const read = (name: string) => readFileSync(join(directory, name));
	try {
		const key = read(files.keyDer);
		const same = read(files.key).toString() === pem("PRIVATE KEY", key) && read(files.der).equals(leaf.raw);
		return same && leaf.checkPrivateKey(readPrivateKey(key, files.keyDer))
			? undefined
			: "its files do not belong together";
	} catch {
		return "one of its files cannot be read";
	}
}

function whyOther(leaf: X509Certificate, wanted: Wanted): string | undefined {
	if (!sameNames(namesOf(leaf), wanted.names)) return "it is for other names";
	if (wanted.key !== undefined && describeKey(leaf.publicKey) !== wanted.key) return "it has another kind of key";
	if (wanted.commonName !== undefined && !leaf.subject.split("\n").includes(`CN=${wanted.commonName}`))
		return "it is for another name";
	return undefined;
}

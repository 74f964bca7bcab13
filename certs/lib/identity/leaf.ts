import { existsSync } from "node:fs";
import { join } from "node:path";
import { toolLine } from "../base/command";
import type { Context } from "../base/context";
import { CertsError } from "../base/errors";
import { closeToOthers, refuseExisting, writeProducts } from "../base/files";
import { withLock } from "../base/lock";
import { issueLeaf, type LeafRequest } from "../x509/issue";
import { describeKeyType, generateKey, type KeyType } from "../x509/keys";
import { describeNames } from "../x509/names";
import { day, leafValidity, type Validity, type ValidityOptions } from "../x509/validity";
import { type Authority, caPaths, createAuthority, hasAuthority, loadAuthority } from "./authority";
import { identityFiles, identityProducts, whyRenew } from "./identity";

/** The options that `certs server` and `certs client` share. */
export interface LeafOptions extends ValidityOptions {
	out: string;
	/** Base of the file names. */
	as: string;
	keyType: KeyType;
	ifNeeded?: boolean;
	force?: boolean;
}

/** Who a leaf is for. */
export type LeafSubject = Pick<LeafRequest, "names" | "commonName" | "purposes">;

/** Makes an identity in `options.out`, signed by the CA there; prints what was done, then `next`. */
export async function makeLeaf(
	subject: LeafSubject,
	options: LeafOptions,
	context: Context,
	next: string[]
): Promise<void> {
	const validity = leafValidity(options);
	checkBase(options.as);
	await withLock(options.out, async () => {
		const authority = await prepareAuthority(options, context);
		if (isGood(subject, options, authority, context)) return;
		await writeLeaf({ ...subject, validity: withinCa(validity, authority, context) }, options, authority, context);
		for (const line of next) context.print(line);
	});
}

function paths(options: LeafOptions): { certificates: string[]; keys: string[] } {
	const { pem, der, keyDer, key } = identityFiles(options.as);
	const inFolder = (names: string[]) => names.map(name => join(options.out, name));
	return { certificates: inFolder([pem, der]), keys: inFolder([keyDer, key]) };
}

async function prepareAuthority(options: LeafOptions, context: Context): Promise<Authority> {
	const { certificates, keys } = paths(options);
	if (!options.force && !options.ifNeeded) refuseExisting([...certificates, ...keys]);
	return findAuthority(options, context);
}

// What --if-needed looks at; keys that others can read are closed to them.
function isGood(subject: LeafSubject, options: LeafOptions, authority: Authority, { print }: Context): boolean {
	if (!options.ifNeeded || options.force) return false;
	const { certificates, keys } = paths(options);
	const reason = renewal(subject, options, authority);
	for (const path of [caPaths(options.out).key, ...(reason === undefined ? keys : [])]) {
		const mode = closeToOthers(path);
		if (mode !== undefined) print(`Others could read ${path} (mode ${mode}): it is closed to them now, at 600`);
	}
	if (reason === undefined) print(`${certificates[0]} is good for ${label(subject)}: nothing to do`);
	else if (existsSync(certificates[0] as string)) print(`Replacing ${certificates[0]}: ${reason}`);
	return reason === undefined;
}

async function writeLeaf(
	leaf: LeafSubject & { validity: Validity },
	options: LeafOptions,
	authority: Authority,
	{ print }: Context
): Promise<void> {
	const key = await generateKey(options.keyType);
	const certificate = await issueLeaf({ ...leaf, publicKey: key.pair.publicKey }, authority);
	const products = identityProducts(options.as, Buffer.from(certificate.rawData), authority.chain, key);
	writeProducts(options.out, products, options.force === true || options.ifNeeded === true);
	const { certificates, keys } = paths(options);
	print(
		`Made ${describeKeyType(options.keyType)} certificate for ${label(leaf)}, valid until ${day(certificate.notAfter)}`
	);
	print(`  ${certificates.join(", ")}: certificate`);
	print(`  ${keys.join(", ")}: private key, keep it secret`);
}

/** `validity`, but not beyond the end of the CA; says so when that shortens it. */
export function withinCa(validity: Validity, { until }: Authority, { print }: Context): Validity {
	if (validity.notAfter <= until) return validity;
	print(`The CA is valid until ${day(until)} only, and so is what it signs`);
	return { ...validity, notAfter: until };
}

/**
 * Throws a CertsError unless `base` can be the base of a file name in the folder. Not the CA's, nor one that ends like
 * a key's: a certificate called `ca.key` would be written over `ca.key.pem`. File systems may ignore case.
 */
export function checkBase(base: string): string {
	if (/^[A-Za-z0-9][\w.@-]*$/.test(base) && !/^ca$|\.key$/i.test(base)) return base;
	throw new CertsError(
		`"${base}" cannot be the base of the file names`,
		"Use letters, digits, dots and hyphens, not ca, and no .key at the end: --as server-rsa"
	);
}

async function findAuthority(options: LeafOptions, { print }: Context): Promise<Authority> {
	if (hasAuthority(options.out)) return loadAuthority(options.out);
	const authority = await createAuthority(options.out, { keyType: "ec" }, false);
	print(
		`Made ${authority.certificate.subject}, valid until ${day(authority.certificate.notAfter)}: ${caPaths(options.out).pem}`
	);
	return authority;
}

function renewal(subject: LeafSubject, options: LeafOptions, authority: Authority): string | undefined {
	const key = describeKeyType(options.keyType);
	const wanted = { names: subject.names, key, commonName: subject.commonName, replace: forceLine(subject, options) };
	return whyRenew(options.out, options.as, authority, wanted);
}

function forceLine({ names, commonName, purposes }: LeafSubject, options: LeafOptions): string {
	const who = purposes.includes("server")
		? ["server", ...names.hosts.flatMap(host => ["--host", host]), ...names.ips.flatMap(ip => ["--ip", ip])]
		: ["client", "--name", commonName];
	const keyType = options.keyType === "ec" ? [] : ["--key-type", options.keyType];
	return toolLine(...who, "--out", options.out, "--as", options.as, ...keyType, "--force");
}

function label(subject: LeafSubject): string {
	return describeNames(subject.names) || subject.commonName;
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Authority, caPaths, createAuthority, hasAuthority, loadAuthority } from "./authority";
import type { Context } from "./context";
import { CertsError } from "./errors";
import { refuseExisting, writeProducts } from "./files";
import { identityFiles, identityProducts, whyRenew } from "./identity";
import { issueLeaf, type LeafRequest } from "./issue";
import { describeKeyType, generateKey, type KeyType } from "./keys";
import { describeNames } from "./names";
import { day, leafValidity, type ValidityOptions } from "./validity";

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
	const files = Object.values(identityFiles(checkBase(options.as))).map(name => join(options.out, name));
	if (!options.force && !options.ifNeeded) refuseExisting(files);
	const authority = await findAuthority(options, context);
	const reason = options.ifNeeded && !options.force ? renewal(subject, options, authority) : undefined;
	if (options.ifNeeded && !options.force && reason === undefined) {
		return context.print(`${files[0]} is good for ${label(subject)}: nothing to do`);
	}
	const key = await generateKey(options.keyType);
	const certificate = await issueLeaf({ ...subject, publicKey: key.pair.publicKey, validity }, authority);
	const existed = existsSync(files[0] as string);
	const products = identityProducts(options.as, Buffer.from(certificate.rawData), authority.chain, key);
	const paths = writeProducts(options.out, products, true);
	if (reason !== undefined && existed) context.print(`Replacing ${files[0]}: ${reason}`);
	context.print(
		`Made ${describeKeyType(options.keyType)} certificate for ${label(subject)}, valid until ${day(certificate.notAfter)}`
	);
	context.print(`  ${paths.slice(0, 2).join(", ")}: certificate`);
	context.print(`  ${paths.slice(2).join(", ")}: private key, keep it secret`);
	for (const line of next) context.print(line);
}

/** Throws a CertsError unless `base` can be the base of a file name in the folder. */
export function checkBase(base: string): string {
	if (/^[A-Za-z0-9][\w.@-]*$/.test(base) && base !== "ca") return base;
	throw new CertsError(
		`"${base}" cannot be the base of the file names`,
		"Use letters, digits, dots and hyphens, and not ca: --as server-rsa"
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
	const wanted = { names: subject.names, key: describeKeyType(options.keyType), commonName: subject.commonName };
	return whyRenew(options.out, options.as, authority, wanted);
}

function label(subject: LeafSubject): string {
	return describeNames(subject.names) || subject.commonName;
}

import { inspectCertificate } from "../check";
import { limits } from "../limits";
import type { Contents, KeyPair } from "../storage/contents";
import { readPublicKey } from "../x509/native";
import { issueCertificate, issueKey, type Validity } from "./certificate";
import { encodeConstraints, encodeNames, hasNames, permitsAddress, permitsHosts } from "./names";

/**
 * Who signs a device's certificate. `"authority"`: a CA of its own, which clients install once and which may sign for the
 * device's names and private addresses only. `"self"`: it is self-signed, and clients trust each certificate itself.
 * `"other"`: another CA, by a certificate signing request.
 */
export type Signer = "authority" | "self" | "other";

/** @throws {RangeError} another value */
export const toSigner = (signer: Signer): Signer => {
	if (signer === "authority" || signer === "self" || signer === "other") return signer;
	throw new RangeError(`signer is "${signer}": it must be "authority", "self" or "other"`);
};

/** What the identity has to be for now. */
export interface Plan {
	readonly signer: Signer;
	readonly hosts: readonly string[];
	/** What a CA that is made may sign for besides. */
	readonly otherHosts: readonly string[];
	readonly addresses: readonly string[];
	/** Milliseconds since 1970. */
	readonly now: number;
}

const longestLife = limits.backdate + limits.life;

/** Whether a clock that shows `now` was set, to a time that a certificate can express. */
export const isClockSet = (now: number): boolean => {
	return now >= limits.earliest && now + limits.life <= limits.end;
};

const toValidity = (now: number): Validity => {
	// Without a clock it is valid for as long as can be, and renewed once the clock is set.
	if (!isClockSet(now)) return { from: limits.earliest, to: limits.latest };
	return { from: Math.max(limits.earliest, now - limits.backdate), to: now + limits.life };
};

/** When a certificate is to be renewed, milliseconds since 1970. */
export const renewalTime = (leaf: Uint8Array, now: number): number => {
	const { notBefore, notAfter } = inspectCertificate(leaf);
	if (!isClockSet(now)) return Number.POSITIVE_INFINITY;
	const life = notAfter - notBefore;
	const wasMadeWithoutClock = notBefore === limits.earliest && life > longestLife;
	if (wasMadeWithoutClock || now < notBefore) return now;
	return notAfter - Math.min(limits.renewBefore, life / 3);
};

/** Whether the leaf is for these names and not to be renewed yet. */
const isCurrent = (leaf: Uint8Array, { hosts, addresses, now }: Plan): boolean => {
	return hasNames(leaf, hosts, addresses) && renewalTime(leaf, now) > now;
};

/** A name that differs from that of any other device's CA, so that browsers can tell them apart. */
const nameAuthority = (hosts: readonly string[], key: ArrayBuffer): string => {
	const suffix = ` CA ${String(readPublicKey(key)).slice(0, 8)}`;
	return `${(hosts[0] as string).slice(0, limits.maxCommonName - suffix.length)}${suffix}`;
};

const makeConstraints = ({ hosts, otherHosts, addresses }: Plan): ArrayBuffer => {
	const all = encodeConstraints([...hosts, ...otherHosts.filter(host => !hosts.includes(host))], addresses);
	return all.byteLength <= limits.maxConstraints ? all : encodeConstraints(hosts, addresses);
};

const makeAuthority = (plan: Plan): KeyPair => {
	const { hosts, now } = plan;
	const key = issueKey();
	const cert = issueCertificate({
		subject: nameAuthority(hosts, key),
		key,
		validity: { from: limits.earliest, to: toValidity(now).to <= limits.latest ? limits.latest : limits.end },
		isAuthority: true,
		constraints: makeConstraints(plan)
	});
	return { cert: new Uint8Array(cert), key: new Uint8Array(key) };
};

const toIssuer = ({ cert, key }: KeyPair): { subject: string; key: Uint8Array } => {
	return { subject: inspectCertificate(cert).subject.slice("CN=".length), key };
};

const makeLeaf = ({ hosts, addresses, now }: Plan, key: Uint8Array, authority: KeyPair | undefined): Uint8Array => {
	const cert = issueCertificate({
		subject: hosts[0] as string,
		key,
		...(authority ? { issuer: toIssuer(authority) } : {}),
		validity: toValidity(now),
		names: encodeNames(hosts, addresses)
	});
	return new Uint8Array(cert);
};

/** The present CA, if it may sign for the host names and expires after what it signs. Addresses do not matter here. */
const findAuthority = (old: Contents | undefined, { hosts, now }: Plan): KeyPair | undefined => {
	const authority = old?.authority;
	if (authority === undefined || !permitsHosts(authority.cert, hosts)) return undefined;
	return inspectCertificate(authority.cert).notAfter >= toValidity(now).to ? authority : undefined;
};

/** The plan without the public addresses that the CA may not sign for: the device did not have them when it was made. */
const toPermitted = ({ cert }: KeyPair, plan: Plan): Plan => {
	return { ...plan, addresses: plan.addresses.filter(address => permitsAddress(cert, address)) };
};

/** Addresses that the CA may not sign for, so the certificate is not for them. */
export const findUnpermitted = ({ authority }: Contents, { addresses }: Plan): readonly string[] => {
	return authority === undefined ? [] : addresses.filter(address => !permitsAddress(authority.cert, address));
};

/** Whether another CA has to sign: it has not yet, not for these names, or the certificate is to be renewed. */
export const needsSignature = ({ chain }: Contents, plan: Plan): boolean => {
	const leaf = chain[0] as Uint8Array;
	return plan.signer === "other" && (inspectCertificate(leaf).isSelfIssued || !isCurrent(leaf, plan));
};

/** `old` itself if it fits the plan, else new contents. A key takes some 100 ms on an ESP32, a certificate as much. */
export const renew = (old: Contents | undefined, plan: Plan): Contents => {
	const leaf = old?.chain[0];
	if (plan.signer === "other") return renewForOther(old, plan);
	if (plan.signer === "self") {
		if (old && !old.authority && leaf && inspectCertificate(leaf).isSelfIssued && isCurrent(leaf, plan)) return old;
		const key = new Uint8Array(issueKey());
		return { key, chain: [makeLeaf(plan, key, undefined)], authority: undefined };
	}
	const authority = findAuthority(old, plan) ?? makeAuthority(plan);
	const permitted = toPermitted(authority, plan);
	if (old && authority === old.authority && leaf && isCurrent(leaf, permitted)) return old;
	const key = new Uint8Array(issueKey());
	return { key, chain: [makeLeaf(permitted, key, authority)], authority };
};

/** A certificate of another CA stays until that signs again; without one it is self-signed. The key stays the same. */
const renewForOther = (old: Contents | undefined, plan: Plan): Contents => {
	const leaf = old?.chain[0];
	if (old && !old.authority && leaf && (!inspectCertificate(leaf).isSelfIssued || isCurrent(leaf, plan))) return old;
	const key = old?.key ?? new Uint8Array(issueKey());
	return { key, chain: [makeLeaf(plan, key, undefined)], authority: undefined };
};

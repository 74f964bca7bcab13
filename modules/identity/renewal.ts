import { inspectCertificate } from "./check";
import type { Contents, KeyPair } from "./contents";
import { issueCertificate, issueKey, type Validity } from "./issue";
import { limits } from "./limits";
import { encodeConstraints, encodeNames, hasNames, permitsAddress, permitsHosts } from "./names";
import { readPublicKey } from "./native";

/**
 * Who signs a device's certificate: a CA of its own, which people install once and which may sign for the device's names
 * and private addresses only; nobody else, so that each certificate is trusted for itself; or another CA, by a signing
 * request.
 */
export type Signer = "authority" | "self" | "other";

/** @throws {RangeError} none of them. */
export function toSigner(signer: Signer): Signer {
	if (signer === "authority" || signer === "self" || signer === "other") return signer;
	throw new RangeError(`signer is "${signer}": it must be "authority", "self" or "other"`);
}

/** What the identity ought to be now. */
export interface Plan {
	readonly signer: Signer;
	readonly hosts: readonly string[];
	readonly addresses: readonly string[];
	/** Milliseconds since 1970. */
	readonly now: number;
}

const longestLife = limits.backdate + limits.life;

/** Whether a clock that shows `now` can be believed. */
export function isClockSet(now: number): boolean {
	return now >= limits.earliest && now + limits.life <= limits.end;
}

function toValidity(now: number): Validity {
	// A clock that was not set says nothing: valid for long, and made anew once it is.
	if (!isClockSet(now)) return { from: limits.earliest, to: limits.latest };
	return { from: Math.max(limits.earliest, now - limits.backdate), to: now + limits.life };
}

/** When a certificate is to be made anew, milliseconds since 1970. */
export function dueTime(leaf: Uint8Array, now: number): number {
	const { notBefore, notAfter } = inspectCertificate(leaf);
	if (!isClockSet(now)) return Number.POSITIVE_INFINITY;
	const life = notAfter - notBefore;
	const wasMadeWithoutClock = notBefore === limits.earliest && life > longestLife;
	if (wasMadeWithoutClock || now < notBefore) return now;
	return notAfter - Math.min(limits.renewBefore, life / 3);
}

/** Whether the leaf is for these names and not due. */
function isGood(leaf: Uint8Array, { hosts, addresses, now }: Plan): boolean {
	return hasNames(leaf, hosts, addresses) && dueTime(leaf, now) > now;
}

/** A name that no other device's CA has, so that browsers can tell them apart. */
function nameAuthority(hosts: readonly string[], key: ArrayBuffer): string {
	const suffix = ` CA ${String(readPublicKey(key)).slice(0, 8)}`;
	return `${(hosts[0] as string).slice(0, limits.maxCommonName - suffix.length)}${suffix}`;
}

function makeAuthority({ hosts, addresses, now }: Plan): KeyPair {
	const key = issueKey();
	const cert = issueCertificate({
		subject: nameAuthority(hosts, key),
		key,
		validity: { from: limits.earliest, to: toValidity(now).to <= limits.latest ? limits.latest : limits.end },
		isAuthority: true,
		constraints: encodeConstraints(hosts, addresses)
	});
	return { cert: new Uint8Array(cert), key: new Uint8Array(key) };
}

function toIssuer({ cert, key }: KeyPair): { subject: string; key: Uint8Array } {
	return { subject: inspectCertificate(cert).subject.slice("CN=".length), key };
}

function makeLeaf({ hosts, addresses, now }: Plan, key: Uint8Array, authority: KeyPair | undefined): Uint8Array {
	const cert = issueCertificate({
		subject: hosts[0] as string,
		key,
		...(authority ? { issuer: toIssuer(authority) } : {}),
		validity: toValidity(now),
		names: encodeNames(hosts, addresses)
	});
	return new Uint8Array(cert);
}

/** The CA that there is, if it may sign for the plan's host names and outlives what it signs. Addresses don't end it. */
function findAuthority(old: Contents | undefined, { hosts, now }: Plan): KeyPair | undefined {
	const authority = old?.authority;
	if (authority === undefined || !permitsHosts(authority.cert, hosts)) return undefined;
	return inspectCertificate(authority.cert).notAfter >= toValidity(now).to ? authority : undefined;
}

/** What the CA may sign of the plan: a public address that the device did not have when its CA was made is left out. */
function limitTo({ cert }: KeyPair, plan: Plan): Plan {
	return { ...plan, addresses: plan.addresses.filter(address => permitsAddress(cert, address)) };
}

/** Addresses that the device's certificate is not for, since its CA may not sign for them. */
export function findLeftOut({ authority }: Contents, { addresses }: Plan): readonly string[] {
	return authority === undefined ? [] : addresses.filter(address => !permitsAddress(authority.cert, address));
}

/** Whether another CA is to sign: it has not yet, not for these names, or not for long any more. */
export function wantsSignature({ chain }: Contents, plan: Plan): boolean {
	const leaf = chain[0] as Uint8Array;
	return plan.signer === "other" && (inspectCertificate(leaf).isSelfIssued || !isGood(leaf, plan));
}

/** What fits the plan: `old` itself when it does. Making a key takes some 100 ms on an ESP32, a certificate as much. */
export function renew(old: Contents | undefined, plan: Plan): Contents {
	const leaf = old?.chain[0];
	if (plan.signer === "other") return renewPlaceholder(old, plan);
	if (plan.signer === "self") {
		if (old && !old.authority && leaf && inspectCertificate(leaf).isSelfIssued && isGood(leaf, plan)) return old;
		const key = new Uint8Array(issueKey());
		return { key, chain: [makeLeaf(plan, key, undefined)], authority: undefined };
	}
	const authority = findAuthority(old, plan) ?? makeAuthority(plan);
	const permitted = limitTo(authority, plan);
	if (old && authority === old.authority && leaf && isGood(leaf, permitted)) return old;
	const key = new Uint8Array(issueKey());
	return { key, chain: [makeLeaf(permitted, key, authority)], authority };
}

/** What another CA signed stays until it signs again; before that, the device signs for itself. The key stays. */
function renewPlaceholder(old: Contents | undefined, plan: Plan): Contents {
	const leaf = old?.chain[0];
	if (old && !old.authority && leaf && (!inspectCertificate(leaf).isSelfIssued || isGood(leaf, plan))) return old;
	const key = old?.key ?? new Uint8Array(issueKey());
	return { key, chain: [makeLeaf(plan, key, undefined)], authority: undefined };
}

import { inspectCertificate } from "./check";
import type { Contents, KeyPair } from "./contents";
import { issueCertificate, issueKey, type Validity } from "./issue";
import { limits } from "./limits";
import { contains, encodeConstraints, encodeNames, hasNames } from "./names";
import { readPublicKey } from "./native";

/**
 * Who signs a device's certificate: a CA of its own, which people install once and which may sign for the device's names
 * and private addresses only; nobody else, so that each certificate is trusted for itself; or another CA, by a signing
 * request.
 */
export type Signer = "authority" | "self" | "other";

/** What the identity ought to be now. */
export interface Plan {
	readonly signer: Signer;
	readonly hosts: readonly string[];
	readonly addresses: readonly string[];
	/** Milliseconds since 1970. */
	readonly now: number;
}

const longestLife = limits.backdate + limits.life;

function toValidity(now: number): Validity {
	// A clock that was not set says nothing: valid for long, and made anew once it is.
	if (now < limits.earliest) return { from: limits.earliest, to: limits.latest };
	return {
		from: Math.max(limits.earliest, now - limits.backdate),
		to: Math.min(limits.latest, now + limits.life)
	};
}

/** When a certificate is to be made anew, milliseconds since 1970. */
export function dueTime(leaf: Uint8Array, now: number): number {
	const { notBefore, notAfter } = inspectCertificate(leaf);
	if (now < limits.earliest) return Number.POSITIVE_INFINITY;
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

function makeAuthority({ hosts, addresses }: Plan): KeyPair {
	const key = issueKey();
	const cert = issueCertificate({
		subject: nameAuthority(hosts, key),
		key,
		validity: { from: limits.earliest, to: limits.latest },
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

/** The CA that there is, if it may sign for all names of the plan. */
function findAuthority(old: Contents | undefined, { hosts, addresses }: Plan): KeyPair | undefined {
	if (old?.authority === undefined) return undefined;
	const constraints = new Uint8Array(encodeConstraints(hosts, addresses));
	return contains(old.authority.cert, constraints) ? old.authority : undefined;
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
	const authority = findAuthority(old, plan);
	if (old && authority && leaf && isGood(leaf, plan)) return old;
	const signer = authority ?? makeAuthority(plan);
	const key = new Uint8Array(issueKey());
	return { key, chain: [makeLeaf(plan, key, signer)], authority: signer };
}

/** What another CA signed stays until it signs again; before that, the device signs for itself. The key stays. */
function renewPlaceholder(old: Contents | undefined, plan: Plan): Contents {
	const leaf = old?.chain[0];
	if (old && !old.authority && leaf && (!inspectCertificate(leaf).isSelfIssued || isGood(leaf, plan))) return old;
	const key = old?.key ?? new Uint8Array(issueKey());
	return { key, chain: [makeLeaf(plan, key, undefined)], authority: undefined };
}

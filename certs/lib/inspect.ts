import { createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { TOOL } from "./base/command";
import { CertsError } from "./base/errors";
import { printable } from "./base/printable";
import { decodeBundle } from "./images/bundle";
import { decodePartition, ENTRY, type Entry, isPartition } from "./images/flash";
import { describeEntries } from "./images/flash-entries";
import { type Psk, parsePsks } from "./images/psk";
import { parseRequest, requestedNames } from "./x509/csr";
import type { TrustAnchor } from "./x509/der";
import { describeKey, readPrivateKey } from "./x509/keys";
import { spkiHash } from "./x509/known-samples";
import { describeNames } from "./x509/names";
import { isClientOnly, objectTo, objectToKey } from "./x509/objections";
import { type PemBlock, pemBlocks } from "./x509/pem";
import { signatureOf } from "./x509/signatures";
import { day } from "./x509/validity";
import { x509 } from "./x509/x509";

/** What a file is, in lines for people, and what is wrong with it. */
export interface Finding {
	lines: string[];
	objections: string[];
	/** Whether it holds a secret, so that its mode matters. */
	secret: boolean;
}

/** Tells what `data` is, whatever it is of what this tool makes. Throws a CertsError when it is nothing known. */
export function inspect(data: Buffer, path: string, host?: string): Finding {
	try {
		const { lines, objections, secret } = inspectAny(data, path, host);
		return { lines: lines.map(printable), objections: objections.map(printable), secret };
	} catch (error) {
		if (error instanceof CertsError) throw error;
		// Node and the X.509 library parse parts of it as late as they are asked for, and each in its own words.
		throw new CertsError(`${path} is damaged: parts of it cannot be read`, "Make it again, or fetch it again");
	}
}

function inspectAny(data: Buffer, path: string, host: string | undefined): Finding {
	if (data.includes("-----BEGIN ")) return inspectPem(pemBlocks(data.toString("latin1")), path, host);
	if (isPartition(data)) return inspectPartition(data);
	const roots = decodeBundle(data);
	if (roots !== undefined) return inspectBundle(roots, data.length);
	const attempts = [
		() => inspectChain([new X509Certificate(data)], host),
		() => inspectRequest(data, path),
		() => inspectKey(readPrivateKey(data, path)),
		() => inspectPsks(parsePsks(data.toString("utf8"), path))
	];
	for (const attempt of attempts) {
		try {
			return attempt();
		} catch {
			// Not of this kind; the next attempt may know it.
		}
	}
	throw new CertsError(
		`${path} is nothing that this tool knows`,
		"Give a certificate, key, request (PEM or DER), bundle, flash image or PSK file"
	);
}

function inspectPem(blocks: readonly PemBlock[], path: string, host: string | undefined): Finding {
	const findings: Finding[] = [];
	const chain = blocks.filter(block => block.label === "CERTIFICATE").map(block => new X509Certificate(block.der));
	if (chain.length > 0) findings.push(inspectChain(chain, host));
	for (const { label, der } of blocks) {
		if (label.endsWith("CERTIFICATE REQUEST")) findings.push(inspectRequest(der, path));
		if (label.endsWith("PRIVATE KEY")) findings.push(inspectKey(readPrivateKey(Buffer.from(repem(label, der)), path)));
	}
	if (findings.length === 0)
		throw new CertsError(`${path} holds no certificate, key or request`, "Check that the PEM text is whole");
	return {
		lines: findings.flatMap(({ lines }) => lines),
		objections: findings.flatMap(({ objections }) => objections),
		secret: findings.some(({ secret }) => secret)
	};
}

function inspectChain(chain: readonly X509Certificate[], host: string | undefined): Finding {
	return { lines: chain.flatMap(describeCertificate), objections: objectTo(chain, host), secret: false };
}

function describeCertificate(certificate: X509Certificate): string[] {
	const what = certificate.ca ? "CA certificate" : isClientOnly(certificate) ? "client certificate" : "certificate";
	const { name, hash } = signatureOf(certificate);
	return [
		`${what} of ${oneLine(certificate.subject)}`,
		`  signed by   ${certificate.subject === certificate.issuer ? "itself" : oneLine(certificate.issuer)}, ${name}${hash === "" ? "" : ` with ${hash}`}`,
		...(certificate.subjectAltName ? [`  names       ${certificate.subjectAltName}`] : []),
		`  valid       ${day(new Date(certificate.validFrom))} to ${day(new Date(certificate.validTo))}`,
		`  key         ${describeKey(certificate.publicKey)}, SPKI SHA-256 ${spkiHash(certificate.publicKey)}`,
		`  fingerprint ${certificate.fingerprint256}`
	];
}

function inspectRequest(data: Buffer, path: string): Finding {
	const request = parseRequest(data, path);
	const key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: "der", type: "spki" });
	const names = describeNames(requestedNames(request)) || "none";
	return {
		lines: [
			`signing request of ${request.subject || "nobody"}`,
			`  names       ${names}`,
			`  key         ${describeKey(key)}, SPKI SHA-256 ${spkiHash(key)}`
		],
		objections: [
			...objectToKey(key),
			...(names === "none" ? ["it asks for no name: sign it with --host or --ip"] : [])
		],
		secret: false
	};
}

function inspectKey(key: KeyObject): Finding {
	return {
		lines: [`private key, ${describeKey(key)}`, `  SPKI SHA-256 ${spkiHash(key)}`],
		objections: objectToKey(key),
		secret: true
	};
}

function inspectBundle(roots: readonly TrustAnchor[], length: number): Finding {
	const names = roots.map(({ subject }) => oneLine(new x509.Name(new Uint8Array(subject)).toString()));
	return {
		lines: [`bundle of ${roots.length} roots, ${length} bytes`, ...names.map(name => `  ${name}`)],
		objections: [],
		secret: false
	};
}

function inspectPsks(psks: readonly Psk[]): Finding {
	if (psks.length === 0) throw new CertsError("There is no PSK", `Make one: ${TOOL} psk --identity device-7`);
	return {
		lines: ["pre-shared keys", ...psks.map(({ identity, key }) => `  ${identity}: ${key.length} bytes`)],
		objections: [],
		secret: true
	};
}

function inspectPartition(data: Buffer): Finding {
	const { slots, current } = decodePartition(data);
	const lines = slots.flatMap((slot, index) => {
		if (slot === undefined)
			return [`slot ${index}: ${isErased(data, index) ? "empty" : "not valid (a write was cut short)"}`];
		const state = index === current ? "in force" : "older";
		const made = new Date(slot.made * 1000).toISOString();
		return [
			`slot ${index}: identity ${slot.sequence}, ${state}, made ${made}`,
			...describeEntries(slot.entries).map(line => `  ${line}`)
		];
	});
	const entries = current === undefined ? [] : (slots[current]?.entries ?? []);
	const objections =
		current === undefined ? ["no slot is valid: the device would have no identity"] : objectToEntries(entries);
	return { lines: [`flash image, ${data.length} bytes in two slots`, ...lines], objections, secret: true };
}

function objectToEntries(entries: readonly Entry[]): string[] {
	const roles = [...new Set(entries.map(({ role }) => role))];
	const authorities = certificatesOf(entries, ENTRY.ca);
	return roles.flatMap(role => {
		const chain = certificatesOf(
			entries.filter(entry => entry.role === role),
			ENTRY.certificate
		);
		const root = authorities.find(authority => chain.at(-1)?.checkIssued(authority));
		return objectTo(root === undefined ? chain : [...chain, root]);
	});
}

function certificatesOf(entries: readonly Entry[], type: number): X509Certificate[] {
	return entries.filter(entry => entry.type === type).map(({ data }) => new X509Certificate(data));
}

function isErased(data: Buffer, slot: number): boolean {
	const half = data.length / 2;
	return data.subarray(slot * half, (slot + 1) * half).every(byte => byte === 0xff);
}

function repem(label: string, der: Buffer): string {
	return `-----BEGIN ${label}-----\n${der.toString("base64")}\n-----END ${label}-----\n`;
}

function oneLine(name: string): string {
	return name.replaceAll("\n", ", ");
}

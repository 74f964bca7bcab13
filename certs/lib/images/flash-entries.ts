import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TOOL } from "../base/command";
import { CertsError } from "../base/errors";
import { readInput } from "../base/files";
import { CA_FILES } from "../identity/authority";
import { identityFiles } from "../identity/identity";
import { describeKey, readPrivateKey } from "../x509/keys";
import { refuseKnownSample } from "../x509/known-samples";
import { readCertificates } from "../x509/pem";
import { day } from "../x509/validity";
import { AUTHORITY, ENTRY, type Entry, encodePsk, ROLE } from "./flash";
import { parsePsks } from "./psk";

/** Names of the files to pack; those that are not there are left out unless they are required. */
export interface EntryFiles {
	server: string;
	client: string;
	psk: string;
}

/** What is to be packed from a folder. Throws a CertsError when something is missing, expired or does not match. */
export function collectEntries(
	directory: string,
	files: EntryFiles,
	rules: { ca: number; required: (name: keyof EntryFiles | "caFor") => boolean }
): Entry[] {
	const has = (name: string, required: boolean) => {
		if (existsSync(join(directory, name))) return true;
		if (required)
			throw new CertsError(`There is no ${join(directory, name)}`, "Check the name, or leave the option out");
		return false;
	};
	const entries: Entry[] = [];
	if (has(CA_FILES.pem, rules.required("caFor"))) entries.push(...authorities(join(directory, CA_FILES.pem), rules.ca));
	for (const role of ["server", "client"] as const) {
		if (has(identityFiles(files[role]).pem, rules.required(role)))
			entries.push(...identity(directory, files[role], ROLE[role]));
	}
	if (has(files.psk, rules.required("psk"))) entries.push(...psks(join(directory, files.psk)));
	if (entries.length > 0) return entries;
	throw new CertsError(
		`There is nothing to pack in ${directory}`,
		`Make an identity first: ${TOOL} server --host device.local`
	);
}

/** One line for each kind of entry. */
export function describeEntries(entries: readonly Entry[]): string[] {
	return entries.map(({ type, role, data }) => {
		const whose = nameRole(role);
		if (type === ENTRY.key) return `${whose}: private key, ${describeKey(readPrivateKey(data, "the key"))}`;
		if (type === ENTRY.psk)
			return `${whose}: PSK of ${data.toString("utf8", 1, 1 + (data[0] ?? 0))}, ${data.length - 1 - (data[0] ?? 0)} bytes`;
		if (type !== ENTRY.ca && type !== ENTRY.certificate)
			return `${whose}: entry of unknown type ${type}, ${data.length} bytes`;
		const certificate = new X509Certificate(data);
		const until = day(new Date(certificate.validTo));
		return `${whose}: ${type === ENTRY.ca ? "CA" : "certificate"} ${certificate.subject.replaceAll("\n", ", ")}, valid until ${until}`;
	});
}

function nameRole(role: number): string {
	if (role === AUTHORITY) return "the device's own CA";
	return role === ROLE.both ? "server and client" : role === ROLE.client ? "client" : "server";
}

function authorities(path: string, role: number): Entry[] {
	return readCertificates(readInput(path), path).map(certificate => {
		if (!certificate.ca)
			throw new CertsError(`${path} holds a certificate that is not a CA's`, "Put only CA certificates there");
		return { type: ENTRY.ca, role, data: checkDate(certificate, path) };
	});
}

function identity(directory: string, base: string, role: number): Entry[] {
	const [certificatePath, keyPath] = [join(directory, `${base}.pem`), join(directory, `${base}.key.pem`)];
	const chain = readCertificates(readInput(certificatePath), certificatePath);
	const key = readPrivateKey(readInput(keyPath), keyPath);
	if (!chain[0]?.checkPrivateKey(key)) {
		throw new CertsError(`${keyPath} is not the key of ${certificatePath}`, "Make both again with --force");
	}
	refuseKnownSample(key, keyPath);
	return [
		...chain.map(certificate => ({ type: ENTRY.certificate, role, data: checkDate(certificate, certificatePath) })),
		{ type: ENTRY.key, role, data: key.export({ type: "pkcs8", format: "der" }) }
	];
}

function psks(path: string): Entry[] {
	return parsePsks(readInput(path).toString("utf8"), path).map(({ identity, key }) => ({
		type: ENTRY.psk,
		role: ROLE.both,
		data: encodePsk(identity, key)
	}));
}

function checkDate(certificate: X509Certificate, path: string): Buffer {
	const until = new Date(certificate.validTo);
	if (until.getTime() >= Date.now()) return certificate.raw;
	throw new CertsError(`${path} holds a certificate that expired on ${day(until)}`, "Make it again with --force");
}

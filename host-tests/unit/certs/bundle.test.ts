import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { beforeAll, expect, test } from "@jest/globals";
import { decodeBundle } from "../../../certs/lib/images/bundle";
import { certs, expiredCa, folder, made, openssl } from "./tool";

const out = folder();
const bundle = join(out, "bundle");

beforeAll(async () => {
	await made("ca", "--out", out);
	await made("bundle", "--from", "mozilla", join(out, "ca.pem"), join(out, "ca.der"), "--to", bundle);
});

// Written against the format's description alone, without the tool's own reader.
function parse(data: Buffer): { subject: Buffer; publicKey: Buffer }[] {
	const count = data.readUInt32LE(0) / 4;
	let at = count * 4;
	const entries = Array.from({ length: count }, (_, index) => {
		expect(data.readUInt32LE(index * 4)).toBe(at);
		const [nameLength, keyLength] = [data.readUInt16LE(at), data.readUInt16LE(at + 2)];
		const subject = data.subarray(at + 4, at + 4 + nameLength);
		at += 4 + nameLength + keyLength;
		return { subject, publicKey: data.subarray(at - keyLength, at) };
	});
	expect(at).toBe(data.length);
	return entries;
}

/** The bundle has no expired roots, and Node does not drop them in time. */
const liveRoots = (): string[] =>
	rootCertificates.filter(text => Date.parse(new X509Certificate(text).validTo) > Date.now());

test("C2 every byte of a bundle is where the format says, in order of subjects", () => {
	const entries = parse(readFileSync(bundle));
	expect(entries).toHaveLength(liveRoots().length + 1);
	for (let index = 1; index < entries.length; index++) {
		expect(
			Buffer.compare(entries[index - 1]?.subject as Buffer, entries[index]?.subject as Buffer)
		).toBeLessThanOrEqual(0);
	}
});

test("C2 names and keys are byte for byte those of the certificates, as openssl finds them", () => {
	const entries = parse(readFileSync(bundle));
	for (const text of [...liveRoots().slice(0, 4), readFileSync(join(out, "ca.pem"), "utf8")]) {
		writeFileSync(join(out, "root.pem"), text);
		const publicKey = new X509Certificate(text).publicKey.export({ type: "spki", format: "der" });
		const entry = entries.find(candidate => candidate.publicKey.equals(publicKey));
		expect(entry).toBeDefined();
		const layout = openssl("asn1parse", "-in", join(out, "root.pem")).split("\n");
		const sequences = layout
			.filter(line => /d=2 .*cons: SEQUENCE/.test(line))
			.map(line => /^ *(\d+):.*hl=(\d+) +l= *(\d+)/.exec(line));
		// signature, issuer, validity, subject
		const [, start, header, length] = (sequences[3] ?? []).map(Number);
		const raw = new X509Certificate(text).raw.subarray(
			start,
			(start as number) + (header as number) + (length as number)
		);
		expect(entry?.subject.equals(raw)).toBe(true);
	}
});

test("C2 a bundle cut short or changed in length is not taken for one", () => {
	const data = readFileSync(bundle);
	expect(decodeBundle(data)).toHaveLength(parse(data).length);
	for (const length of [0, 3, 4, data.readUInt32LE(0), data.length - 1])
		expect(decodeBundle(data.subarray(0, length))).toBeUndefined();
	expect(decodeBundle(Buffer.concat([data, Buffer.alloc(1)]))).toBeUndefined();
	const swapped = Buffer.from(data);
	swapped.writeUInt32LE(data.readUInt32LE(8), 4);
	expect(decodeBundle(swapped)).toBeUndefined();
});

test("C2 a leaf is refused: a device would trust whatever it signs", async () => {
	await made("server", "--out", out, "--host", "device.local");
	const { status, error } = await certs("bundle", join(out, "server.pem"), "--to", join(out, "other"));
	expect([status, error]).toEqual([
		1,
		expect.stringContaining("CN=device.local is not a CA certificate\nGive the certificate of the CA")
	]);
});

test("C2 an expired root is left out, and said", async () => {
	const expired = join(out, "expired.pem");
	writeFileSync(expired, await expiredCa());
	const text = await made("bundle", expired, join(out, "ca.pem"), "--to", join(out, "few"));
	expect(text).toContain("Left out: CN=Old, expired on");
	expect(text).toContain("Packed 1 root into");
});

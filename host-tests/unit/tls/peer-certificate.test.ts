import "./natives";
import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { describe, expect, test } from "@jest/globals";
import PeerCertificate from "tls/peer-certificate";
import { verifyHostname } from "tls/verify-hostname";
import { makeCertificate } from "./made";

const toBuffer = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

/** The fields that Node's own parser has too. */
function fieldsOf(certificate: PeerCertificate | X509Certificate) {
	const { subject, issuer, subjectaltname } =
		certificate instanceof X509Certificate ? certificate.toLegacyObject() : certificate;
	const { serialNumber, fingerprint256 } = certificate;
	const [from, to] =
		certificate instanceof X509Certificate
			? [certificate.validFrom, certificate.validTo]
			: [certificate.valid_from, certificate.valid_to];
	// One root has a directory name, which is not read here.
	const names = subjectaltname?.replace(/DirName:"[^"]*"/, "othername:<unsupported>");
	return { subject: { ...subject }, issuer: { ...issuer }, names, serialNumber, fingerprint256, from, to };
}

test("B7 fields of all Mozilla roots are what Node reads", () => {
	for (const pem of rootCertificates) {
		const node = new X509Certificate(pem);
		const own = new PeerCertificate(toBuffer(node.raw));
		expect(fieldsOf(own)).toEqual(fieldsOf(node));
		expect(own.pem).toBe(node.toString());
		expect(Buffer.from(own.publicKeyInfo as ArrayBuffer)).toEqual(
			node.publicKey.export({ type: "spki", format: "der" })
		);
	}
});

test("B7 every kind of name", () => {
	const names = "DNS:a.example,DNS:*.b.example,IP:192.0.2.1,IP:2001:db8::1,email:me@a.example,URI:https://a.example/";
	const { der, node } = makeCertificate("/C=DE/O=One/O=Two/OU=ünï/CN=名/serialNumber=7", `subjectAltName=${names}`);
	expect(fieldsOf(new PeerCertificate(der))).toEqual(fieldsOf(node));
});

test("B7 a type of attribute that a peer has made up is no property", () => {
	const { subject } = new PeerCertificate(makeCertificate("/CN=x/1.2.3.4.5=y/O=z").der);
	expect(Object.keys(subject ?? {}).sort()).toEqual(["CN", "O"]);
	expect(Object.getPrototypeOf(subject)).toBe(null);
});

test("B7 no names", () => {
	expect(new PeerCertificate(makeCertificate("/CN=x").der).subjectaltname).toBeUndefined();
});

/** All that can be read of one. */
const getters = [
	...["subject", "issuer", "serialNumber", "validFromDate", "validToDate", "valid_from", "valid_to"],
	...["subjectAltName", "subjectaltname", "fingerprint256", "publicKeyInfo", "publicKeyPin", "pem"]
] as const;
const readAll = (certificate: PeerCertificate) =>
	getters.map(name => (certificate as unknown as Record<string, unknown>)[name]);
/** Those that are there whatever the DER is. */
const always = getters.filter(name => name === "fingerprint256" || name === "pem");

describe("B7 DER that cannot be read is no error, for a peer has made it", () => {
	const names = "subjectAltName=DNS:a.example,IP:192.0.2.1,email:a@example";
	const { der } = makeCertificate("/CN=x", names);

	test("these are all getters", () => {
		const own = Object.entries(Object.getOwnPropertyDescriptors(PeerCertificate.prototype));
		expect(own.filter(([name, { get }]) => get && name !== "fields").map(([name]) => name)).toEqual([...getters]);
	});

	test("wherever it is cut off, all that is read of its fields is undefined", () => {
		for (let length = 0; length < der.byteLength; length++) {
			const values = readAll(new PeerCertificate(der.slice(0, length)));
			expect(getters.filter((_, at) => values[at] !== undefined)).toEqual(always);
		}
	});

	test.each([0x55, 0x01, 0x80, 0xff])("whichever byte is changed, by %d", change => {
		for (let at = 0; at < der.byteLength; at++) {
			const bytes = new Uint8Array(der.slice(0));
			bytes[at] = (bytes[at] as number) ^ change;
			readAll(new PeerCertificate(bytes.buffer));
			expect([true, false]).toContain(verifyHostname(bytes.buffer, "a.example"));
		}
	});

	test("what can be read of the others is read, and a name that cannot be is for no host", () => {
		const bytes = new Uint8Array(der.slice(0));
		const address = Buffer.from(bytes).indexOf(Buffer.from([0x87, 4, 192, 0, 2, 1]));
		// An address that is longer than the list.
		bytes[address + 1] = 100;
		const certificate = new PeerCertificate(bytes.buffer);
		expect([certificate.subject?.CN, certificate.subjectAltName]).toEqual(["x", undefined]);
		expect(verifyHostname(certificate, "a.example")).toBe(false);
	});

	test("lengths of more bytes than they need are read, as mbedTLS reads them", () => {
		const whole = Buffer.from(der);
		const longer = Buffer.concat([Buffer.from([0x30, 0x84, 0, 0]), whole.subarray(2)]);
		expect(whole[1]).toBe(0x82);
		expect(new PeerCertificate(toBuffer(longer)).subject).toEqual(new PeerCertificate(der).subject);
	});
});

// Z12: what is made of them is bounded, whoever signed them: XS must hold it.
test("Z12 a serial number is of 64 bytes at most", () => {
	const element = (tag: number, ...parts: Uint8Array[]) => {
		const content = Buffer.concat(parts);
		return Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 255]), content]);
	};
	const withSerial = (length: number) => {
		const fields = [element(0x02, Buffer.alloc(length, 0x7f)), ...Array(5).fill(element(0x30))];
		return new PeerCertificate(toBuffer(element(0x30, element(0x30, ...fields))));
	};
	expect(withSerial(64).serialNumber).toBe("7F".repeat(64));
	expect(withSerial(65).serialNumber).toBeUndefined();
});

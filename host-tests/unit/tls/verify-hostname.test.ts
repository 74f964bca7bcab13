import "./natives";
import { describe, expect, test } from "@jest/globals";
import PeerCertificate from "tls/peer-certificate";
import { verifyHostname } from "tls/verify-hostname";
import { namedCertificates } from "../../host-names";
import { makeCertificate } from "./made";

describe.each(namedCertificates)(
	"D6 RFC 9525, $what",
	({ subject = "/CN=common.example", subjectAltName, ...rows }) => {
		const extensions = subjectAltName === undefined ? [] : [`subjectAltName=${subjectAltName}`];
		const certificate = new PeerCertificate(makeCertificate(subject, ...extensions).der);

		test("is for these names, and for no other", () => {
			const names = [...rows.isFor, ...rows.isNotFor];
			expect(names.filter(name => verifyHostname(certificate, name))).toEqual(rows.isFor);
		});
	}
);

describe("D6 certificates", () => {
	const { der, node } = makeCertificate("/CN=x", "subjectAltName=DNS:device.local");

	test("takes PEM and DER", () => {
		expect(verifyHostname(node.toString(), "device.local")).toBe(true);
		expect(verifyHostname(der, "device.local")).toBe(true);
	});

	test("broken PEM is a SyntaxError", () => {
		expect(() => verifyHostname("-----BEGIN CERTIFICATE-----\nMII", "a")).toThrow(SyntaxError);
	});
});

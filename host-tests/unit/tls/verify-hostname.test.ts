import "./natives";
import { describe, expect, test } from "@jest/globals";
import PeerCertificate from "tls/peer-certificate";
import { verifyHostname } from "tls/verify-hostname";
import { makeCertificate } from "./made";

const names =
	"DNS:device.local,DNS:*.Example.com,DNS:f*.partial.example,DNS:a.*.inner.example,DNS:*,IP:192.0.2.1,IP:2001:db8::1";
const { der, node } = makeCertificate("/CN=common.example", `subjectAltName=${names}`);
const certificate = new PeerCertificate(der);

describe("D6 RFC 9525", () => {
	test.each([
		"device.local",
		"DEVICE.Local",
		"device.local.",
		"www.example.com",
		"192.0.2.1",
		"2001:db8::1",
		"2001:DB8:0:0:0:0:0:1"
	])("%s matches", name => {
		expect(verifyHostname(certificate, name)).toBe(true);
	});

	test.each([
		["common.example", "the common name counts for nothing"],
		["example.com", "a wildcard stands for a label"],
		["a.b.example.com", "a wildcard stands for one label"],
		["foo.partial.example", "a wildcard is a whole label"],
		["a.b.inner.example", "a wildcard is the left-most label"],
		["localhost", "a lone wildcard"],
		["*.example.com", "a pattern is no name"],
		[".example.com", "an empty label"],
		["", "no name"],
		["192.0.2.10", "another address"],
		["192.000.2.1", "an address in another notation"],
		["2001:db8::2", "another address"],
		["xdevice.local", "a longer name"]
	])("%s does not: %s", name => {
		expect(verifyHostname(certificate, name)).toBe(false);
	});

	test("an address as dNSName does not stand for the address", () => {
		const other = makeCertificate("/CN=x", "subjectAltName=DNS:192.0.2.1");
		expect(verifyHostname(other.der, "192.0.2.1")).toBe(false);
	});

	test("no subjectAltName, no match", () => {
		expect(verifyHostname(makeCertificate("/CN=device.local").der, "device.local")).toBe(false);
	});

	test("takes PEM and DER", () => {
		expect(verifyHostname(node.toString(), "device.local")).toBe(true);
		expect(verifyHostname(der, "device.local")).toBe(true);
	});

	test("broken PEM is a SyntaxError", () => {
		expect(() => verifyHostname("-----BEGIN CERTIFICATE-----\nMII", "a")).toThrow(SyntaxError);
	});
});

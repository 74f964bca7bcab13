import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { available, folder, made, openssl } from "./tool";

const out = folder();
const at = (name: string) => join(out, name);
const NAMES = ["--host", "localhost", "--host", "device.local", "--ip", "127.0.0.1", "--ip", "fe80::1"];

beforeAll(() => made("server", "--out", out, ...NAMES));

describe("E10 certs server", () => {
	test("E10 openssl verifies the chain strictly, for each name", () => {
		const verify = (...check: string[]) =>
			openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", at("ca.pem"), ...check, at("server.pem"));
		expect(verify("-verify_hostname", "device.local")).toContain("OK");
		expect(verify("-verify_ip", "127.0.0.1")).toContain("OK");
		expect(verify("-verify_ip", "fe80::1")).toContain("OK");
		expect(() => verify("-verify_hostname", "other.local")).toThrow(/hostname mismatch/i);
	});

	test("E10 openssl x509 -text shows what browsers ask for", () => {
		const text = openssl("x509", "-in", at("server.pem"), "-noout", "-text");
		expect(text).toMatch(/NIST CURVE: P-256/);
		expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
		expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/);
		expect(text).toMatch(/Extended Key Usage: *\s+TLS Web Server Authentication\n/);
		expect(text).toContain("DNS:localhost, DNS:device.local, IP Address:127.0.0.1, IP Address:FE80:0:0:0:0:0:0:1");
		const ca = openssl("x509", "-in", at("ca.pem"), "-noout", "-text");
		expect(ca).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
		expect(ca).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
	});

	test("E10 the leaf is valid for at most 398 days, begun before now", () => {
		const { validFrom, validTo } = new X509Certificate(readFileSync(at("server.pem")));
		const [from, until] = [Date.parse(validFrom), Date.parse(validTo)];
		expect((until - from + 1000) / 86_400_000).toBeLessThanOrEqual(398);
		expect(Date.now() - from).toBeGreaterThan(29 * 86_400_000);
	});

	test("B3 PEM and DER forms are the same certificate and the same key", () => {
		const leaf = new X509Certificate(readFileSync(at("server.pem")));
		expect(readFileSync(at("server.der"))).toEqual(leaf.raw);
		expect(readFileSync(at("ca.der"))).toEqual(new X509Certificate(readFileSync(at("ca.pem"))).raw);
		const der = openssl("pkey", "-inform", "DER", "-in", at("server.key.der"));
		expect(readFileSync(at("server.key.pem"), "utf8")).toBe(der);
		expect(openssl("pkey", "-in", at("server.key.pem"), "-pubout")).toBe(
			openssl("x509", "-in", at("server.pem"), "-noout", "-pubkey")
		);
	});

	test("E10 keys can be read by their owner only, certificates by all", () => {
		const mode = (name: string) => (statSync(at(name)).mode & 0o777).toString(8);
		expect(["ca.key.pem", "server.key.pem", "server.key.der"].map(mode)).toEqual(["600", "600", "600"]);
		expect(["ca.pem", "ca.der", "server.pem", "server.der"].map(mode)).toEqual(["644", "644", "644", "644"]);
	});

	test("E10 GnuTLS certtool verifies the chain", () => {
		if (!available("certtool", "--version", "gnutls-bin")) return;
		const args = [
			"--verify",
			"--load-ca-certificate",
			at("ca.pem"),
			"--infile",
			at("server.pem"),
			"--verify-hostname",
			"device.local"
		];
		expect(execFileSync("certtool", args, { encoding: "utf8", stdio: "pipe" })).toContain("The certificate is trusted");
	});
});

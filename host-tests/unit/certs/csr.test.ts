import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { certs, folder, made, openssl } from "./tool";

const out = folder();
const at = (name: string) => join(out, name);
const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

function request(name: string, key: string[], ...more: string[]): string {
	openssl(
		"req",
		"-new",
		...key,
		"-nodes",
		"-subj",
		"/CN=device",
		"-keyout",
		at("device.key"),
		"-out",
		at(name),
		...more
	);
	return at(name);
}

beforeAll(() => made("ca", "--out", out));

test("E10 a request made by openssl is signed with the names that it asks for", async () => {
	const file = request("device.csr.pem", EC, "-addext", "subjectAltName=DNS:device.local,IP:10.0.0.7");
	const text = await made("csr", "sign", file, "--out", out);
	expect(text).toContain("Signed P-256 key for device.local, 10.0.0.7");
	expect(
		openssl(
			"verify",
			"-x509_strict",
			"-purpose",
			"sslserver",
			"-verify_hostname",
			"device.local",
			"-CAfile",
			at("ca.pem"),
			at("device.pem")
		)
	).toContain("OK");
	expect(openssl("x509", "-in", at("device.pem"), "-noout", "-pubkey")).toBe(
		openssl("pkey", "-in", at("device.key"), "-pubout")
	);
	openssl("x509", "-in", at("device.pem"), "-outform", "DER", "-out", at("converted.der"));
	expect(readFileSync(at("device.der"))).toEqual(readFileSync(at("converted.der")));
});

test("E10 what the request says beyond its names does not count: it cannot become a CA", async () => {
	const wish = [
		"-addext",
		"basicConstraints=critical,CA:TRUE",
		"-addext",
		"keyUsage=keyCertSign",
		"-addext",
		"subjectAltName=DNS:evil.local"
	];
	await made("csr", "sign", request("wish.csr", EC, ...wish), "--out", out);
	const text = openssl("x509", "-in", at("wish.pem"), "-noout", "-text");
	expect(text).toMatch(/CA:FALSE/);
	expect(text).not.toMatch(/Certificate Sign/);
});

test("E10 names given on the command line replace those asked for, and DER is read", async () => {
	const file = request("other.der", EC, "-outform", "DER", "-addext", "subjectAltName=DNS:asked.local");
	await made("csr", "sign", file, "--out", out, "--as", "signed", "--host", "given.local", "--client");
	const text = openssl("x509", "-in", at("signed.pem"), "-noout", "-text");
	expect(text).toMatch(/DNS:given\.local\n/);
	expect(text).toContain("TLS Web Server Authentication, TLS Web Client Authentication");
});

test("E10 a request without a name, with a weak key or a wrong signature is refused", async () => {
	const sign = async (file: string) => (await certs("csr", "sign", file, "--out", out, "--as", "refused")).error;
	expect(await sign(request("none.csr", EC))).toContain(
		"asks for no name, and browsers refuse a certificate without one\nAdd --host"
	);
	expect(await sign(request("weak.csr", ["-newkey", "rsa:1024"]))).toContain(
		"is for a RSA-1024 key, which browsers refuse\nUse P-256"
	);
	const der = readFileSync(request("bad.csr", EC, "-outform", "DER", "-addext", "subjectAltName=DNS:a.local"));
	const name = der.indexOf("a.local");
	der.write("b.local", name);
	writeFileSync(at("bad.csr"), der);
	expect(await sign(at("bad.csr"))).toContain("so whoever made it does not hold the key");
});

test("E10 an existing certificate is not overwritten, and without a CA nothing is signed", async () => {
	const file = request("again.csr", EC, "-addext", "subjectAltName=DNS:again.local");
	await made("csr", "sign", file, "--out", out);
	expect((await certs("csr", "sign", file, "--out", out)).error).toContain(
		"exists and is not overwritten\nAdd --force"
	);
	expect((await certs("csr", "sign", file, "--out", at("empty"))).error).toContain(
		`There is no ${join(at("empty"), "ca.pem")}, so nothing can be signed`
	);
});

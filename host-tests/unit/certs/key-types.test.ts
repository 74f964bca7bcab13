import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { folder, made, openssl } from "./tool";

const out = folder();
const verify = (directory: string, base: string) =>
	openssl("verify", "-x509_strict", "-CAfile", join(directory, "ca.pem"), join(directory, `${base}.pem`));

test.each([
	["ec", "ASN1 OID: prime256v1"],
	["p-384", "ASN1 OID: secp384r1"],
	["rsa", "Public-Key: (2048 bit)"],
	["rsa-3072", "Public-Key: (3072 bit)"],
	["rsa-4096", "Public-Key: (4096 bit)"]
])("A2 A3 --key-type %s makes a key of that kind", async (type, text) => {
	await made("server", "--out", out, "--host", "device.local", "--key-type", type, "--as", type);
	expect(openssl("x509", "-in", join(out, `${type}.pem`), "-noout", "-text")).toContain(text);
	expect(verify(out, type)).toContain("OK");
	const leaf = new X509Certificate(readFileSync(join(out, `${type}.pem`)));
	expect(leaf.checkPrivateKey(createPrivateKey(readFileSync(join(out, `${type}.key.pem`))))).toBe(true);
});

test("A3 an RSA CA signs an EC certificate, with SHA-256", async () => {
	const directory = join(out, "rsa-ca");
	await made("ca", "--out", directory, "--key-type", "rsa", "--name", "RSA CA");
	await made("server", "--out", directory, "--host", "device.local");
	expect(verify(directory, "server")).toContain("OK");
	const text = openssl("x509", "-in", join(directory, "server.pem"), "-noout", "-text");
	expect(text).toContain("Signature Algorithm: sha256WithRSAEncryption");
	expect(text).toMatch(/Issuer: CN ?= ?RSA CA/);
});

test("A3 a P-384 CA signs with SHA-384", async () => {
	const directory = join(out, "p384-ca");
	await made("ca", "--out", directory, "--key-type", "p-384");
	await made("server", "--out", directory, "--host", "device.local");
	expect(verify(directory, "server")).toContain("OK");
	expect(openssl("x509", "-in", join(directory, "server.pem"), "-noout", "-text")).toContain("ecdsa-with-SHA384");
});

test("E10 a CA with an intermediate from elsewhere is used, and the leaf carries the chain", async () => {
	const directory = join(out, "chain");
	await made("ca", "--out", join(directory, "root"));
	const root = (name: string) => join(directory, "root", name);
	const own = (name: string) => join(directory, name);
	openssl(
		"req",
		"-new",
		"-newkey",
		"ec",
		"-pkeyopt",
		"ec_paramgen_curve:P-256",
		"-nodes",
		"-subj",
		"/C=SG/O=Sub/CN=Intermediate",
		"-keyout",
		own("ca.key.pem"),
		"-out",
		own("sub.csr")
	);
	writeFileSync(own("extensions"), "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n");
	const signing = ["-CA", root("ca.pem"), "-CAkey", root("ca.key.pem"), "-CAcreateserial", "-days", "90"];
	openssl("x509", "-req", "-in", own("sub.csr"), ...signing, "-extfile", own("extensions"), "-out", own("ca.pem"));
	await made("server", "--out", directory, "--host", "device.local");
	const chain = readFileSync(own("server.pem"), "utf8").match(/BEGIN CERTIFICATE/g);
	expect(chain).toHaveLength(2);
	const [leaf, issuer] = [
		new X509Certificate(readFileSync(own("server.pem"))),
		new X509Certificate(readFileSync(own("ca.pem")))
	];
	expect(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey)).toBe(true);
});

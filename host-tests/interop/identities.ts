// Certificates for the interop tests, made by openssl in build/interop. They are made before any test runs (setup.ts).

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths";

export const identityFolder = "build/interop";
const folder = join(root, identityFolder);
export const caFile = join(folder, "ca.pem");

/** Key options of `openssl genpkey`, by the name of the identity. */
const keys = {
	p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
	p384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
	rsa2048: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
	rsa3072: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
	rsa4096: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"]
} as const;

export type IdentityName = keyof typeof keys;

const openssl = (...parameters: string[]): void => {
	execFileSync("openssl", parameters, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
};

// The CA has an RSA key, so that each EC identity is an RSA-issued EC certificate too (row A3).
function makeCA(): void {
	openssl("genpkey", ...keys.rsa2048, "-out", "ca.key.pem");
	openssl("req", "-x509", "-key", "ca.key.pem", "-subj", "/CN=Interop test CA", "-days", "30", "-out", "ca.pem");
}

/** Makes `NAME.pem`, `NAME.key.pem` and the same in DER, for localhost and 127.0.0.1. */
function makeIdentity(name: IdentityName): void {
	writeFileSync(
		join(folder, `${name}.ext`),
		"subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n"
	);
	openssl("genpkey", ...keys[name], "-out", `${name}.key.pem`);
	openssl("req", "-new", "-key", `${name}.key.pem`, "-subj", "/CN=localhost", "-out", `${name}.csr`);
	const request = ["-req", "-in", `${name}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key.pem", "-CAcreateserial"];
	openssl("x509", ...request, "-extfile", `${name}.ext`, "-days", "20", "-out", `${name}.pem`);
	openssl("x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`);
	openssl("pkey", "-in", `${name}.key.pem`, "-outform", "DER", "-out", `${name}.key.der`);
}

/** Makes all of them, unless they are there. */
export function makeIdentities(): void {
	if (existsSync(join(folder, "complete"))) return;
	mkdirSync(folder, { recursive: true });
	makeCA();
	for (const name of Object.keys(keys) as IdentityName[]) makeIdentity(name);
	writeFileSync(join(folder, "mismatch.pem"), readFileSync(join(folder, "p256.pem")));
	writeFileSync(join(folder, "mismatch.key.pem"), readFileSync(join(folder, "p384.key.pem")));
	writeFileSync(
		join(folder, "broken.pem"),
		"-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n"
	);
	writeFileSync(join(folder, "broken.key.pem"), readFileSync(join(folder, "p256.key.pem")));
	writeFileSync(join(folder, "complete"), "");
}

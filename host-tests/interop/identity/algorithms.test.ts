// Certificates and keys of algorithms that TLS here cannot use are called what they are, not damaged; and PEM with blanks
// at its lines' ends is no worse for it.
import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { folder, made, openssl } from "../../unit/certs/tool";
import { refusal, serveCredentials } from "./desk";

const out = folder();
const at = (name: string) => join(out, name);

const kinds = [
	["Ed25519", ["-algorithm", "ED25519"]],
	["Ed448", ["-algorithm", "ED448"]],
	["RSA-PSS", ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]],
	["secp256k1", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"]],
	["brainpool", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"]],
	["P-224", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-224"]]
] as const;

beforeAll(async () => {
	await made("server", "--out", out, "--host", "device.local");
	for (const [name, options] of kinds) {
		openssl("genpkey", ...options, "-out", at(`${name}.key.pem`));
		const request = ["-x509", "-new", "-key", at(`${name}.key.pem`), "-subj", "/CN=device.local", "-days", "9"];
		openssl("req", ...request, "-addext", "subjectAltName=DNS:device.local", "-out", at(`${name}.pem`));
		openssl("x509", "-in", at(`${name}.pem`), "-outform", "DER", "-out", at(`${name}.der`));
	}
	openssl("req", "-new", "-key", at("server.key.pem"), "-subj", "/CN=x", "-out", at("x.csr"));
	const signer = ["-CA", at("Ed25519.pem"), "-CAkey", at("Ed25519.key.pem"), "-set_serial", "7", "-days", "9"];
	openssl("x509", "-req", "-in", at("x.csr"), ...signer, "-out", at("by-ed25519.pem"));
});

/** An RSA key of 4,484 bits, in PKCS #8: of two primes that are known, for to find some takes seconds. */
function longKey(): string {
	const [p, q, e] = [2n ** 2203n - 1n, 2n ** 2281n - 1n, 65_537n];
	const phi = (p - 1n) * (q - 1n);
	// phi is no multiple of e, which is prime.
	let k = 1n;
	while ((k * phi + 1n) % e !== 0n) k++;
	const d = (k * phi + 1n) / e;
	const qi = power(q, p - 2n, p);
	const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi };
	const key = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, base64url(number)]));
	return createPrivateKey({ key: { kty: "RSA", ...key }, format: "jwk" }).export({
		type: "pkcs8",
		format: "pem"
	}) as string;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
	let result = 1n;
	for (const bit of exponent.toString(2)) result = (result * result * (bit === "1" ? base : 1n)) % modulus;
	return result;
}

function base64url(number: bigint): string {
	const digits = number.toString(16);
	return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex").toString("base64url");
}

/** What certs says of a file, whatever it ends with. */
function inspected(name: string): string {
	const script = 'node certs/bin/certs.mjs inspect "$1" 2>&1 || true';
	return execFileSync("sh", ["-c", script, "sh", at(name)], { encoding: "utf8" });
}

test.each(kinds.map(([name]) => name))("A6 a certificate and a key of %s are no damaged ones", async name => {
	for (const cert of [`${name}.pem`, `${name}.der`]) {
		const told = await refusal({ cert, key: "server.key.pem" }, out);
		expect(told).toMatchObject({
			code: "CERTIFICATE_INVALID",
			message: expect.stringContaining(`the key type ${name}, `)
		});
		expect(told.message).toMatch(/P-256, P-384, or RSA/);
	}
	const told = await refusal({ cert: "server.pem", key: `${name}.key.pem` }, out);
	expect(told).toMatchObject({ code: "KEY_INVALID", message: expect.stringContaining(`the key type ${name}, `) });
});

test("A6 a curve that is written out is named, by certs inspect too; a signature by RSA-PSS is taken", async () => {
	const explicit = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit"];
	openssl("genpkey", ...explicit, "-out", at("explicit.key.pem"));
	openssl("req", "-x509", "-new", "-key", at("explicit.key.pem"), "-subj", "/CN=x", "-out", at("explicit.pem"));
	const told = await refusal({ cert: "explicit.pem", key: "server.key.pem" }, out);
	expect(told.message).toContain("the key type EC (with its curve written out), ");
	for (const file of ["explicit.pem", "explicit.key.pem"])
		expect(inspected(file)).toContain("its key has its curve written out, which");
	openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", at("rsa.key.pem"));
	openssl("req", "-x509", "-new", "-key", at("rsa.key.pem"), "-subj", "/CN=CA", "-out", at("rsa.pem"));
	const signer = ["-CA", at("rsa.pem"), "-CAkey", at("rsa.key.pem"), "-set_serial", "8", "-days", "9"];
	openssl("x509", "-req", "-in", at("x.csr"), ...signer, "-sigopt", "rsa_padding_mode:pss", "-out", at("by-pss.pem"));
	const { device } = await serveCredentials({ cert: "by-pss.pem", key: "server.key.pem" }, out);
	await device.stop();
	expect(inspected("by-pss.pem")).not.toContain("signed by RSA-PSS, which");
});

test("A6 a certificate that a CA with such a key has signed is named, and refused by certs inspect too", async () => {
	const told = await refusal({ cert: "by-ed25519.pem", key: "server.key.pem" }, out);
	expect(told).toMatchObject({ message: expect.stringContaining("a signature by Ed25519, ") });
	expect(inspected("by-ed25519.pem")).toContain("signed by Ed25519, which");
});

test("A6 a signature by RSA with SHA-3 is called that, and not one by ML-DSA", async () => {
	const signer = ["-CA", at("rsa.pem"), "-CAkey", at("rsa.key.pem"), "-set_serial", "9", "-days", "9"];
	openssl("x509", "-req", "-in", at("x.csr"), ...signer, "-sha3-256", "-out", at("by-sha3.pem"));
	const told = await refusal({ cert: "by-sha3.pem", key: "server.key.pem" }, out);
	expect(told).toMatchObject({ message: expect.stringContaining("a signature by RSA with SHA-3, ") });
	expect(inspected("by-sha3.pem")).toContain("it is signed with SHA3-256: SHA-256 is wanted");
	openssl("x509", "-req", "-in", at("x.csr"), ...signer, "-md5", "-out", at("by-md5.pem"));
	expect(inspected("by-md5.pem")).toContain("it is signed with MD5: SHA-256 is wanted");
});

test("A6 an RSA key that is too long to sign is refused when it is loaded, not at each handshake", async () => {
	writeFileSync(at("long.key.pem"), longKey());
	openssl("rsa", "-in", at("long.key.pem"), "-traditional", "-out", at("long-pkcs1.key.pem"));
	openssl("req", "-x509", "-new", "-key", at("long.key.pem"), "-subj", "/CN=x", "-out", at("long.pem"));
	for (const key of ["long.key.pem", "long-pkcs1.key.pem"])
		expect(await refusal({ cert: "long.pem", key }, out)).toMatchObject({
			code: "KEY_INVALID",
			message: expect.stringContaining("the key type RSA of 4484 bits, ")
		});
	for (const file of ["long.pem", "long.key.pem"])
		expect(inspected(file)).toContain("its key is RSA-4484, and these devices take no RSA above 4096 bits");
});

test.each([
	["blanks", "  \t "],
	["a blank and CRLF", " \r"]
])("A6 PEM with %s at the ends of its lines, and before them, is read", async (_, end) => {
	for (const name of ["server.pem", "server.key.pem"])
		writeFileSync(at(`blank-${name}`), readFileSync(at(name), "utf8").replaceAll("\n", `${end}\n  `));
	const { device, loaded } = await serveCredentials({ cert: "blank-server.pem", key: "blank-server.key.pem" }, out);
	expect(loaded).toMatchObject({ server: expect.anything() });
	await device.stop();
});

// Certificates and keys of algorithms that TLS here cannot use are called what they are, not damaged; and PEM with blanks
// at its lines' ends is no worse for it.
import { execFileSync } from "node:child_process";
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
	expect(inspected("explicit.pem")).toContain("its key has its curve written out, which");
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

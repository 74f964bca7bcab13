import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { certs, expiredCa, folder, made, openssl } from "./tool";

const out = folder();
const at = (name: string) => join(out, name);
const inspect = async (...argv: string[]) => (await certs("inspect", ...argv)).out;

/** A self-signed certificate as people make them from old recipes. */
function old(name: string, ...more: string[]): string {
	const key = more.includes("-newkey") ? [] : ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
	openssl(
		"req",
		"-x509",
		...key,
		"-nodes",
		"-subj",
		"/CN=device.local",
		"-keyout",
		at(`${name}.key`),
		"-out",
		at(name),
		"-addext",
		"basicConstraints=critical,CA:FALSE",
		...more
	);
	return at(name);
}

beforeAll(async () => {
	await made("server", "--out", out, "--host", "device.local", "--ip", "10.0.0.7");
	await made("client", "--out", out, "--name", "alice");
	await made("psk", "--out", out, "--identity", "device-7");
	await made("flash", "--out", out);
	await made("bundle", at("ca.pem"), "--to", at("bundle"));
	openssl(
		"req",
		"-new",
		"-key",
		at("server.key.pem"),
		"-subj",
		"/CN=x",
		"-addext",
		"subjectAltName=DNS:x.local",
		"-out",
		at("x.csr")
	);
});

test.each([
	["ca.pem", "CA certificate of CN=Local device CA"],
	["ca.der", "CA certificate of CN=Local device CA"],
	["server.pem", "certificate of CN=device.local"],
	["client.der", "client certificate of CN=alice"],
	["server.key.pem", "private key, P-256"],
	["server.key.der", "private key, P-256"],
	["psk.txt", "pre-shared keys\n  device-7: 32 bytes"],
	["x.csr", "signing request of CN=x\n  names       x.local"],
	["bundle", "bundle of 1 roots"],
	["identity.bin", "flash image, 16384 bytes in two slots\nslot 0: identity 1, in force"]
])("E10 inspect tells what %s is, and objects to nothing", async (name, text) => {
	const { status, out: found } = await certs("inspect", at(name), "--check");
	expect(found).toContain(`${at(name)}: ${text}`);
	expect([found.includes("  ! "), status]).toEqual([false, 0]);
});

describe("E10 inspect says what a browser would object to", () => {
	test.each<[string, string[], string]>([
		["no-san", [], "it has no subjectAltName, and the common name does not count"],
		["long", ["-days", "3650"], "it is valid for 3651 days, and more than 398 are refused"],
		["self", [], "no CA has signed it, so it must be trusted by hand"],
		["no-eku", [], "its extended key usage does not say serverAuth"],
		["weak", ["-newkey", "rsa:1024"], "its key is RSA-1024, and RSA below 2048 bits is refused"],
		[
			"curve",
			["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
			"its key is EC secp256k1, which neither browsers nor these devices take"
		],
		[
			"large",
			["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
			"its key is P-521, which these devices and Firefox take, and Chromium does not: use P-256 or P-384"
		],
		["usage", ["-addext", "keyUsage=keyAgreement"], "its key usage does not say digitalSignature"]
	])("E10 %s", async (name, options, objection) => {
		expect(await inspect(old(name, ...options))).toContain(`  ! ${objection}`);
	});

	test("E10 a name or address that the certificate is not for", async () => {
		expect(await inspect(at("server.pem"), "--host", "device.local")).toContain("no objection");
		expect(await inspect(at("server.pem"), "--host", "10.0.0.7")).toContain("no objection");
		expect(await inspect(at("server.pem"), "--host", "other.local")).toContain(
			"! it is not for other.local, but for DNS:device.local"
		);
	});

	test("E10 a certificate that has expired", async () => {
		writeFileSync(at("old.pem"), await expiredCa());
		expect(await inspect(at("old.pem"))).toContain("! it expired on ");
	});

	test("E10 a chain in the wrong order", async () => {
		writeFileSync(at("wrong.pem"), Buffer.concat([readFileSync(at("ca.pem")), readFileSync(at("server.pem"))]));
		expect(await inspect(at("wrong.pem"))).toContain("! a CA stands first, where the server's own certificate belongs");
	});

	test("E10 a key that others can read, and a torn image; --check makes it status 1", async () => {
		chmodSync(at("server.key.pem"), 0o644);
		expect(await inspect(at("server.key.pem"))).toContain("! others can read it (mode 644): chmod 600");
		const image = readFileSync(at("identity.bin"));
		image[100] = (image[100] as number) ^ 1;
		writeFileSync(at("torn.bin"), image, { mode: 0o600 });
		const { out: text, status } = await certs("inspect", at("torn.bin"), "--check");
		expect(text).toContain("slot 0: not valid (a write was cut short)\nslot 1: empty\n  ! no slot is valid");
		expect(status).toBe(1);
	});
});

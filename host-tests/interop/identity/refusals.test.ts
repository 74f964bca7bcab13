import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { folder, made, openssl } from "../../unit/certs/tool";
import { root } from "../paths";
import { refusal, serveCredentials } from "./desk";

const out = folder();
const at = (name: string) => join(out, name);
const published = join(root, "build/cache/mbedtls/source/framework/data_files/server5.key");
const day = 86_400_000;

beforeAll(async () => {
	await made("server", "--out", out, "--host", "device.local");
	await made("server", "--out", out, "--host", "device.local", "--as", "other");
	copyFileSync(at("server.pem"), at("cut.pem"));
	truncateSync(at("cut.pem"), 300);
	writeFileSync(at("empty.pem"), "");
	writeFileSync(at("words.pem"), "not a certificate\n");
	const der = readFileSync(at("server.der"));
	der.fill(0x55, 40, 60);
	writeFileSync(at("damaged.der"), der);
	const key = ["-in", at("server.key.pem")];
	openssl("pkey", ...key, "-aes128", "-passout", "pass:secret", "-out", at("encrypted.pem"));
	openssl("pkey", ...key, "-pubout", "-out", at("public.pem"));
	openssl("req", "-new", "-key", at("server.key.pem"), "-subj", "/CN=x", "-out", at("request.pem"));
	openssl(
		"pkcs12",
		"-export",
		...key,
		"-in",
		at("server.pem"),
		"-inkey",
		at("server.key.pem"),
		"-passout",
		"pass:",
		"-out",
		at("both.p12")
	);
});

describe("A6 what cannot be used is named, with the command to run", () => {
	test.each([
		[
			"server.pem",
			"other.key.pem",
			"KEY_MISMATCH",
			"does not belong",
			"node certs/bin/certs.mjs server --host device.local --force"
		],
		["cut.pem", "server.key.pem", "CERTIFICATE_INVALID", "is cut off before its end", undefined],
		["empty.pem", "server.key.pem", "CERTIFICATE_INVALID", "is empty", undefined],
		["words.pem", "server.key.pem", "CERTIFICATE_INVALID", "is neither PEM nor DER", undefined],
		["damaged.der", "server.key.pem", "CERTIFICATE_INVALID", "looks like DER and does not parse", undefined],
		["server.key.pem", "server.key.pem", "CERTIFICATE_INVALID", "is a private key", undefined],
		[
			"request.pem",
			"server.key.pem",
			"CERTIFICATE_INVALID",
			"is a signing request",
			"node certs/bin/certs.mjs csr sign FILE"
		],
		[
			"both.p12",
			"server.key.pem",
			"CERTIFICATE_INVALID",
			"is a PKCS #12 file",
			"openssl pkcs12 -in FILE -nodes -out both.pem"
		],
		["server.pem", "server.pem", "KEY_INVALID", "is a certificate", undefined],
		["server.pem", "public.pem", "KEY_INVALID", "is a public key", undefined],
		["server.pem", "encrypted.pem", "KEY_INVALID", "is an encrypted", "openssl pkey -in FILE -out server.key.pem"]
	])("A6 certificate %s with key %s: %s", async (cert, key, code, part, command) => {
		const told = await refusal({ cert, key }, out);
		expect(told).toMatchObject({ name: "CredentialsError", code, message: expect.stringContaining(part) });
		expect(told.command).toBe(command);
		if (command !== undefined) expect(told.message).toContain(`. Run: ${command}`);
	});
});

test("A6 a certificate that has expired, or is not valid yet, by the device's clock", async () => {
	const pair = { cert: "server.pem", key: "server.key.pem" };
	expect(await refusal({ ...pair, clock: Date.now() + 400 * day }, out)).toMatchObject({
		code: "CERTIFICATE_EXPIRED",
		message: expect.stringMatching(
			/of CN=device.local expired on \d{4}-\d\d-\d\d\. Run: node certs\/bin\/certs.mjs server/
		)
	});
	expect(await refusal({ ...pair, clock: Date.now() - 60 * day }, out)).toMatchObject({
		code: "CERTIFICATE_NOT_YET_VALID"
	});
	const { device } = await serveCredentials({ ...pair, clock: 1000 }, out);
	await device.stop();
});

test("A6 a key that is published is refused by the server", async () => {
	openssl("req", "-x509", "-key", published, "-subj", "/CN=device.local", "-days", "20", "-out", at("sample.pem"));
	openssl("pkey", "-in", published, "-outform", "DER", "-out", at("sample.key.der"));
	expect(await refusal({ cert: "sample.pem", key: "sample.key.der" }, out)).toMatchObject({
		code: "KNOWN_SAMPLE",
		message: expect.stringMatching(
			/is published \(Mbed TLS .*server5.key\).*Run: node certs\/bin\/certs.mjs server --host device.local/
		)
	});
	const pair = { cert: "server.pem", key: "server.key.pem" };
	expect((await refusal({ ...pair, ca: "sample.pem" }, out)).code).toBe("KNOWN_SAMPLE");
});

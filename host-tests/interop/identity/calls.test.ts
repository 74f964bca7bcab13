// What Credentials and TLSContext are given that is wrong, each told when it is given; and CA bundles.

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { expiredCa, folder, made, openssl } from "../../unit/certs/tool";
import { startDesk } from "../desk";
import { root } from "../paths";

const out = folder();
const at = (name: string) => join(out, name);
const read = (name: string) => readFileSync(at(name));
const published = join(root, "build/cache/mbedtls/source/framework/data_files/server5.key");
let output: string;

beforeAll(async () => {
	await made("server", "--out", out, "--host", "localhost");
	await made("ca", "--out", at("other"));
	await made("bundle", at("ca.pem"), "--to", at("x509_crt_bundle"));
	copyFileSync(published, at("sample.key.pem"));
	openssl("req", "-x509", "-key", published, "-subj", "/CN=localhost", "-days", "9", "-out", at("sample.pem"));
	openssl("x509", "-in", at("server.pem"), "-outform", "DER", "-out", at("leaf.der"));
	openssl("x509", "-in", at("server.pem"), "-out", at("leaf.pem"));
	const [leaf, ca] = [read("leaf.pem").toString(), read("ca.pem").toString()];
	writeFileSync(at("whole.pem"), leaf + ca);
	writeFileSync(at("reversed.pem"), ca + leaf);
	writeFileSync(at("cut-second.pem"), leaf + ca.slice(0, -60));
	writeFileSync(at("bad-second.pem"), leaf + ca.replace(/\nMII/, "\nAAA"));
	writeFileSync(at("trailing.der"), Buffer.concat([read("leaf.der"), Buffer.from([0])]));
	writeFileSync(at("mixed.bin"), Buffer.concat([read("leaf.der"), read("ca.pem")]));
	writeFileSync(at("gap.pem"), leaf + read("other/ca.pem"));
	writeFileSync(at("sample-behind.pem"), ca + read("sample.pem"));
	writeFileSync(at("expired-behind.pem"), ca + (await expiredCa()));
	const desk = startDesk({ main: "build/js/host-tests/programs/identity/credentials-calls.js", resources: [out] });
	expect((await desk.exit).code).toBe(0);
	({ output } = desk);
});

test.each([
	["number", "TypeError: An identity is { cert, key } or an Image, not number"],
	["null", "TypeError: An identity is { cert, key } or an Image, not null"],
	["empty", "TypeError: The server certificate is undefined: PEM or DER in a string, buffer or Resource is wanted"],
	["noKey", "TypeError: The server key is undefined: PEM or DER in a string, buffer or Resource is wanted"],
	["keyTrue", "TypeError: The server key is boolean: PEM or DER in a string, buffer or Resource is wanted"],
	["caNumber", "TypeError: The CA certificate is number: PEM or DER in a string, buffer or Resource is wanted"],
	["describeBoth", 'TypeError: "both" is not server or client'],
	["describeCABoth", 'TypeError: "both" is not server or client'],
	["makeBoth", 'TypeError: "both" is not server or client'],
	["nobody", "TypeError: Say whom a client trusts: enableCA, or disableCA to trust anyone"]
])("A6 a call of the wrong type is a TypeError that says what is wanted: %s", (name, told) =>
	expect(output).toContain(`${name}:  ${told}\n`)
);

test.each([
	["authorityFirst", "KEY_MISMATCH CredentialsError: The order of the server's certificates is wrong: CN=localhost"],
	["cutSecond", "CERTIFICATE_INVALID CredentialsError: The server certificate looks like PEM and does not parse"],
	["badSecond", "CERTIFICATE_INVALID CredentialsError: The server certificate looks like PEM and does not parse"],
	["derTrailing", "CERTIFICATE_INVALID CredentialsError: The server certificate looks like DER and does not parse"],
	["derThenPEM", "CERTIFICATE_INVALID CredentialsError: The server certificate looks like DER and does not parse"],
	["gap", "CERTIFICATE_INVALID CredentialsError: The chain of the server certificate has a gap"],
	["sampleBehind", "KNOWN_SAMPLE CredentialsError: The CA key is published"],
	["expiredBehind", "CERTIFICATE_EXPIRED CredentialsError: The CA certificate of CN=Old"],
	["sampleInContext", "KNOWN_SAMPLE TLSError: Loading certificate and key: The key is published in examples"],
	["sampleTrusted", "KNOWN_SAMPLE TLSError: Loading CA certificates: The key is published in examples"]
])("A6 what is wrong behind the first certificate is told when it is added: %s", (name, told) =>
	expect(output).toContain(`${name}: ${told}`)
);

test("C2 Credentials take a bundle as trust, but not after disableCA", () => {
	for (const name of ["bundleOption", "bundleEnabled", "whole"]) expect(output).toContain(`${name}: taken\n`);
	expect(output).toContain("bundleAfterDisable:  TypeError: disableCA trusts anyone: a bundle or pins would not count");
	expect(output.match(/rejectUnauthorized is false/g)).toBeNull();
});

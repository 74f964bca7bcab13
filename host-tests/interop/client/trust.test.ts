// Bundle, pinned keys, dates.

import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { root, startDesk } from "../desk";
import { CertificateFolder } from "./certificates";
import { detailsIn, runClient } from "./client";
import { nodeTLS, openSSL, type Peer } from "./peers";

const folder = new CertificateFolder();
folder.leaf("ec");
folder.leaf("rsa", { issuer: "rsa-ca" });
folder.leaf("expired", { validity: "expired" });
folder.leaf("early", { validity: "early" });
const send = "GET / HTTP/1.0\\r\\n\\r\\n";

function makeBundle(name: string, ...sources: string[]): string {
	const tool = join(root, "certs/bin/certs.mjs");
	execFileSync("node", [tool, "bundle", "--to", folder.file(name), ...sources], { cwd: folder.path, stdio: "ignore" });
	return name;
}

const everyRoot = makeBundle("x509_crt_bundle", "--from", "mozilla", "ca.pem", "rsa-ca.pem");
const mozilla = makeBundle("mozilla", "--from", "mozilla");

describe("C2 bundle of all Mozilla roots", () => {
	test.each([
		["EC", "ec", "TLSv1.2", "resource"],
		["EC", "ec", "TLSv1.3", "resource"],
		["RSA", "rsa", "TLSv1.2", "buffer"],
		["RSA", "rsa", "TLSv1.3", "buffer"]
	])("C2 %s server %s over %s, bundle in a %s", async (_, name, version, form) => {
		const { port } = await openSSL(folder, name);
		const output = await runClient(folder.path, port, { ca: "", bundle: everyRoot, version, form, send });
		expect(detailsIn(output).authorized).toBe(true);
	});

	test("C2 a server whose root is not in it is refused, unless ca has that root", async () => {
		const { port } = await openSSL(folder, "ec");
		expect(await runClient(folder.path, port, { ca: "", bundle: mozilla })).toMatch(/error CERTIFICATE_UNTRUSTED/);
		expect(await runClient(folder.path, port, { ca: "ca.pem", bundle: mozilla, send })).toMatch(/\nconnected /);
	});

	test("C2 anything but a bundle is CA_INVALID", async () => {
		expect(await runClient(folder.path, 1, { bundle: "ca.pem" })).toMatch(/CA certificates.*cannot be parsed/);
	});

	test("C2 D6 every root is found and verifies; a bundle that is read in place takes almost no RAM", async () => {
		// What has expired is not packed.
		const roots = rootCertificates.map(pem => new X509Certificate(pem));
		const ders = roots.filter(({ validTo }) => Date.parse(validTo) > Date.now()).map(({ raw }) => raw);
		writeFileSync(folder.file("roots.der"), Buffer.concat(ders));
		const desk = startDesk({ main: "build/js/host-tests/programs/client/cert-store.js", resources: [folder.path] });
		await desk.exit;
		const { cost, codes } = JSON.parse(desk.output);
		const { NONE, CERTIFICATE_WEAK = 0, ...others } = codes;
		expect(others).toEqual({});
		expect(NONE + CERTIFICATE_WEAK).toBe(ders.length);
		expect(NONE).toBeGreaterThan(ders.length / 2);
		expect(statSync(folder.file(everyRoot)).size).toBeGreaterThan(30_000);
		expect(cost).toBeLessThan(4_096);
	});
});

describe("C1 pinned public keys", () => {
	const pinOf = (name: string, encoding: "base64" | "hex") => {
		const key = new X509Certificate(folder.read(`${name}.pem`)).publicKey.export({ type: "spki", format: "der" });
		return execFileSync("openssl", ["dgst", "-sha256", "-binary"], { input: key }).toString(encoding);
	};
	let peer: Peer;
	beforeAll(async () => {
		peer = await openSSL(folder, "ec");
	});

	test.each(["base64", "hex"] as const)("C1 in %s, without a CA and with one", async encoding => {
		const pins = pinOf("ec", encoding);
		expect(await runClient(folder.path, peer.port, { ca: "", pins, send })).toMatch(/\nconnected /);
		const output = await runClient(folder.path, peer.port, { pins: `${pinOf("rsa", encoding)},${pins}`, send });
		expect(detailsIn(output).peer.publicKeyPin).toBe(pinOf("ec", "base64"));
	});

	test("C1 another key is refused, CA or not; so is the pinned key of an untrusted CA or another name", async () => {
		const refused = /error CERTIFICATE_NOT_PINNED: .*sent alert access_denied/;
		expect(await runClient(folder.path, peer.port, { ca: "", pins: pinOf("rsa", "hex") })).toMatch(refused);
		expect(await runClient(folder.path, peer.port, { pins: pinOf("rsa", "hex") })).toMatch(refused);
		const pins = pinOf("ec", "hex");
		expect(await runClient(folder.path, peer.port, { ca: "rsa-ca.pem", pins })).toMatch(/CERTIFICATE_UNTRUSTED/);
		const other = { ca: "", pins, servername: "other" };
		expect(await runClient(folder.path, peer.port, other)).toMatch(/CERTIFICATE_NAME/);
		expect(await runClient(folder.path, peer.port, { ...other, checkServerIdentity: false, send })).toMatch(
			/\nconnected /
		);
	});

	test("C1 anything but a hash is a RangeError", async () => {
		expect(await runClient(folder.path, peer.port, { pins: "abc" })).toMatch(/RangeError: pinnedPublicKeys: "abc"/);
	});
});

describe.each(["expired", "early"])("C1 dates, %s", name => {
	let peer: Peer;
	beforeAll(async () => {
		peer = await nodeTLS(folder, name, socket => socket.end());
	});

	test("C1 validity enforce: refused", async () => {
		expect(await runClient(folder.path, peer.port)).toMatch(/error CERTIFICATE_(EXPIRED|NOT_YET_VALID)/);
	});

	test("C1 validity defer: accepted before the clock is set, refused after", async () => {
		expect(await runClient(folder.path, peer.port, { validity: "defer" })).toMatch(/error CERTIFICATE_/);
		const unset = { validity: "defer", clockFloor: 4_000_000_000 };
		expect(detailsIn(await runClient(folder.path, peer.port, unset)).authorized).toBe(true);
		expect(await runClient(folder.path, peer.port, { ...unset, ca: "rsa-ca.pem" })).toMatch(/UNTRUSTED/);
	});
});

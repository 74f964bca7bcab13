// What a client refuses, and what it makes of a server's refusal.

import { describe, expect, test } from "@jest/globals";
import { noSoonerThan } from "../elapsed";
import { CertificateFolder, type LeafOptions } from "./certificates";
import { runClient } from "./client";
import { nodeTLS, openSSL } from "./peers";

const folder = new CertificateFolder();
folder.leaf("good");

const faults: [string, LeafOptions, string, string][] = [
	["another CA", { issuer: "rsa-ca" }, "CERTIFICATE_UNTRUSTED", "unknown_ca"],
	["expired", { validity: "expired" }, "CERTIFICATE_EXPIRED", "certificate_expired"],
	["not yet valid", { validity: "early" }, "CERTIFICATE_NOT_YET_VALID", "certificate_expired"],
	["another host", { subjectAltName: "DNS:other.local" }, "CERTIFICATE_NAME", "bad_certificate"],
	["a common name only", { subjectAltName: "" }, "CERTIFICATE_NAME", "bad_certificate"],
	["another usage", { usage: "clientAuth" }, "CERTIFICATE_USAGE", "unsupported_certificate"],
	[
		"a weak key",
		{ key: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"] },
		"CERTIFICATE_WEAK",
		"unsupported_certificate"
	]
];

describe.each(["TLSv1.2", "TLSv1.3"])("B15 C1 refused over %s", version => {
	test.each(faults)("B15 C1 %s", async (name, options, code, alert) => {
		const leaf = folder.leaf(`${name.replace(/ /g, "-")}-${version}`, options);
		const { port } = await openSSL(folder, leaf, "-cipher", "DEFAULT:@SECLEVEL=0");
		const output = await runClient(folder.path, port, { version });
		expect(output).toMatch(new RegExp(`^started\\nerror ${code}: .*sent alert ${alert}\\) after 0\\n$`));
	});
});

test.each([
	["no shared version", ["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"], /ALERT_RECEIVED: .*protocol_version/],
	["no shared suite", ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256"], /ALERT_RECEIVED: .*handshake_failure/],
	["no shared group", ["-groups", "P-521"], /ALERT_RECEIVED: .*handshake_failure/]
])("B15 %s", async (_, options, error) => {
	const { port } = await openSSL(folder, "good", ...options);
	expect(await runClient(folder.path, port)).toMatch(error);
});

describe.each(["TLSv1.2", "TLSv1.3"])("C5 over %s", version => {
	test("C5 ALPN: the server's choice is reported", async () => {
		const { port } = await openSSL(folder, "good", "-alpn", "b,c");
		expect(await runClient(folder.path, port, { version, alpn: "a,c,b", send: "GET / HTTP/1.0\\r\\n\\r\\n" })).toMatch(
			/"alpnProtocol":"b"/
		);
	});

	test("C5 ALPN: no overlap", async () => {
		const { port } = await nodeTLS(folder, "good", socket => socket.end(), { ALPNProtocols: ["mqtt"] });
		expect(await runClient(folder.path, port, { version, alpn: "h2" })).toMatch(
			/error ALERT_RECEIVED: .*no_application_protocol/
		);
	});
});

test("C1 a closed port: CONNECT_FAILED", async () => {
	expect(await runClient(folder.path, 1)).toMatch(/error CONNECT_FAILED: Connecting to localhost port 1: /);
});

test("C1 a silent server: TIMEOUT", async () => {
	const { createServer } = await import("node:net");
	const silent = createServer(socket => socket.on("error", () => {})).listen(0, "127.0.0.1");
	await new Promise(resolve => silent.once("listening", resolve));
	const { port } = silent.address() as { port: number };
	const output = runClient(folder.path, port, { handshakeTimeout: 100 });
	expect(await noSoonerThan(100, performance.now(), output)).toMatch(/error TIMEOUT/);
	silent.close();
});

test("B15 a server that does not speak TLS", async () => {
	const { createServer } = await import("node:net");
	const plain = createServer(socket => socket.on("error", () => {}).end("220 mail.example ESMTP\r\n"));
	plain.listen(0, "127.0.0.1");
	await new Promise(resolve => plain.once("listening", resolve));
	const { port } = plain.address() as { port: number };
	expect(await runClient(folder.path, port)).toMatch(/error (NOT_TLS|DECODE_ERROR|PROTOCOL_VERSION)/);
	plain.close();
});

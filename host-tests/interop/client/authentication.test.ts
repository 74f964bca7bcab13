import { beforeAll, describe, expect, test } from "@jest/globals";
import { CertificateFolder } from "./certificates";
import { detailsIn, runClient } from "./client";
import { gnuTLS, nodeTLS, openSSL, type Peer } from "./peers";

const folder = new CertificateFolder();
const send = "GET / HTTP/1.0\\r\\n\\r\\n";
const rsa = folder.leaf("rsa", { issuer: "rsa-ca", key: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"] });
const ec = folder.leaf("ec");

const peers = {
	"openssl s_server": (name: string) => openSSL(folder, name),
	"gnutls-serv": (name: string) => gnuTLS(folder, name),
	"Node's tls": (name: string) =>
		nodeTLS(folder, name, socket => socket.on("data", () => socket.end("HTTP/1.0 200 OK\r\n")))
};

describe.each(Object.entries(peers))("C1 %s", (_, start) => {
	describe.each([
		["EC", ec, "ca.pem"],
		["RSA", rsa, "rsa-ca.pem"]
	])("%s certificate", (_kind, name, ca) => {
		let peer: Peer;
		beforeAll(async () => {
			peer = await start(name);
		});

		test.each(["TLSv1.2", "TLSv1.3"])("C1 Z1 is verified by its CA over %s", async version => {
			const output = await runClient(folder.path, peer.port, { ca, version, send });
			const details = detailsIn(output);
			expect(details).toMatchObject({ protocol: version, servername: "localhost", authorized: true });
			expect(output).toMatch(/received HTTP\/1\.0 200 /);
			expect(output).toMatch(/\nended after \d+\n$/);
		});
	});
});

test("C1 SNI is sent, without a final dot, and not for an address", async () => {
	const names: unknown[] = [];
	const { port } = await nodeTLS(folder, ec, socket => names.push(socket.servername) && socket.end());
	await runClient(folder.path, port);
	await runClient(folder.path, port, { servername: "localhost." });
	const output = await runClient(folder.path, port, { servername: "127.0.0.1" });
	expect(names).toEqual(["localhost", "localhost", false]);
	expect(detailsIn(output).authorized).toBe(true);
});

test("B7 D5 the peer's certificate has the fields that Node reads", async () => {
	const { X509Certificate } = await import("node:crypto");
	const { port } = await nodeTLS(folder, ec, socket => socket.end());
	const { peer } = detailsIn(await runClient(folder.path, port));
	const node = new X509Certificate(folder.read("ec.pem"));
	expect(peer).toMatchObject({
		subject: { CN: "localhost" },
		subjectaltname: node.subjectAltName,
		fingerprint256: node.fingerprint256,
		valid_to: node.validTo,
		serialNumber: node.serialNumber
	});
});

test("C1 rejectUnauthorized: false accepts a bad certificate, which is traced once and shown by the connection", async () => {
	const { port } = await nodeTLS(folder, ec, socket => socket.end());
	const output = await runClient(folder.path, port, { ca: "rsa-ca.pem", rejectUnauthorized: false });
	expect(detailsIn(output)).toMatchObject({ authorized: false, authorizationError: "CERTIFICATE_UNTRUSTED" });
	expect(output.match(/rejectUnauthorized is false/g)).toHaveLength(1);
});

test("C1 without any CA no server is trusted", async () => {
	const { port } = await nodeTLS(folder, ec, socket => socket.end());
	expect(await runClient(folder.path, port, { ca: "" })).toMatch(/error CERTIFICATE_UNTRUSTED/);
});

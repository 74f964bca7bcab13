import type { TLSSocket } from "node:tls";
import { describe, expect, test } from "@jest/globals";
import { CertificateFolder } from "./certificates";
import { runClient } from "./client";
import { gnuTLS, nodeTLS, openSSL } from "./peers";

const folder = new CertificateFolder();
folder.leaf("server");
folder.leaf("device", { commonName: "device 7", subjectAltName: "", usage: "clientAuth" });
folder.leaf("stranger", { commonName: "stranger", subjectAltName: "", issuer: "rsa-ca" });
const send = "GET / HTTP/1.0\\r\\n\\r\\n";

const demand = ["-Verify", "1", "-verify_return_error", "-CAfile", "ca.pem"];

describe.each(["TLSv1.2", "TLSv1.3"])("C3 E2 over %s", version => {
	test("C3 E2 openssl s_server verifies the client's certificate", async () => {
		const { port } = await openSSL(folder, "server", ...demand);
		const output = await runClient(folder.path, port, { version, cert: "device", send });
		expect(output).toMatch(/Subject: CN=device 7/);
	});

	test("C3 E2 gnutls-serv verifies the client's certificate", async () => {
		const { port } = await gnuTLS(
			folder,
			"server",
			"--require-client-cert",
			"--verify-client-cert",
			"--x509cafile",
			"ca.pem"
		);
		expect(await runClient(folder.path, port, { version, cert: "device", send })).toMatch(/received HTTP\/1\.0 200/);
	});

	test("C3 E2 Node has the client's certificate", async () => {
		const serve = (socket: TLSSocket) => socket.end(`${socket.authorized} ${socket.getPeerCertificate().subject.CN}`);
		const options = { requestCert: true, ca: folder.read("ca.pem") };
		const { port } = await nodeTLS(folder, "server", serve, options);
		expect(await runClient(folder.path, port, { version, cert: "device" })).toMatch(/received true device 7/);
	});

	test.each([
		["no certificate", {}, version === "TLSv1.3" ? "certificate_required" : "handshake_failure"],
		["one of another CA", { cert: "stranger" }, "unknown_ca"]
	])("C3 %s is refused, with the alert", async (_, more, alert) => {
		const { port } = await openSSL(folder, "server", ...demand);
		const output = await runClient(folder.path, port, { version, ...more, send });
		expect(output).toMatch(new RegExp(`error ALERT_RECEIVED: .*received alert ${alert}`));
	});
});

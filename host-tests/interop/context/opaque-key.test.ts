// Private keys that PSA holds and does not give away (row B9).

import type { TLSSocket } from "node:tls";
import { afterEach, describe, expect, test } from "@jest/globals";
import { CertificateFolder } from "../client/certificates";
import { runClient } from "../client/client";
import { nodeTLS, openSSL } from "../client/peers";
import { type Desk, startDesk } from "../desk";
import { curl, sClient } from "../https";
import { identityFolder } from "../identities";

const folder = new CertificateFolder();
folder.leaf("server");
folder.leaf("ec", { commonName: "device 7", subjectAltName: "", usage: "clientAuth" });
folder.leaf("rsa", {
	commonName: "device 7",
	subjectAltName: "",
	usage: "clientAuth",
	key: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
});

let desk: Desk | undefined;
afterEach(async () => {
	await desk?.stop();
	desk = undefined;
});

function start(config: Record<string, string | number | boolean>): Desk {
	const main = "build/js/host-tests/programs/server/opaque-server.js";
	desk = startDesk({ main, resources: [identityFolder, folder.path], config });
	return desk;
}

async function serve(config: Record<string, string | boolean>): Promise<number> {
	const { waitForLine } = start(config);
	return Number((await waitForLine(/can be exported: false\nlistening on (\d+)/))[1]);
}

const versions = [
	["TLSv1.2", ["--tls-max", "1.2"], "-tls1_2"],
	["TLSv1.3", ["--tlsv1.3"], "-tls1_3"]
] as const;

describe.each(["p256", "p384", "rsa2048", "rsa4096"])("B9 server with a PSA key for %s", cert => {
	test.each(versions)("B9 curl and openssl over %s", async (protocol, options, option) => {
		const port = await serve({ cert });
		const { stdout } = await curl(...options, `https://localhost:${port}/`);
		expect(JSON.parse(stdout).tls).toMatchObject({ protocol });
		expect((await sClient(port, option)).stdout).toContain("Verify return code: 0 (ok)");
	});
});

test.each([
	["another key of its kind", { cert: "p256", key: "ec" }, "does not belong to the certificate"],
	["a key of another kind", { cert: "p256", key: "rsa2048" }, "does not belong to the certificate"],
	["of another length", { cert: "rsa2048", key: "rsa3072" }, "does not belong to the certificate"],
	["of another curve", { cert: "p256", key: "p384" }, "does not belong to the certificate"],
	["no such key", { cert: "p256", id: 77 }, "PSA holds no key with this id"],
	["a key that was destroyed", { cert: "p256", destroy: true }, "PSA holds no key with this id"],
	["a key that may not sign", { cert: "p256", maySign: false }, "The PSA key may not sign for TLS"],
	["0 as id", { cert: "p256", id: 0 }, "psaKeyId is 0: "],
	["a half as id", { cert: "p256", id: 1.5 }, "psaKeyId is 1.5: "]
])("B9 %s is refused when the context is made", async (_, config, error) => {
	const { exit } = start(config);
	expect((await exit).code).toBe(1);
	expect(desk?.output).toContain(error);
});

describe.each(["ec", "rsa"])("B9 client with a PSA key for its %s certificate", cert => {
	test.each(["TLSv1.2", "TLSv1.3"])("B9 Node and openssl verify it over %s", async version => {
		const config = { version, cert, opaque: true };
		const tell = (socket: TLSSocket) => socket.end(`${socket.authorized} ${socket.getPeerCertificate().subject.CN}`);
		const node = await nodeTLS(folder, "server", tell, { requestCert: true, ca: folder.read("ca.pem") });
		expect(await runClient(folder.path, node.port, config)).toMatch(/received true device 7/);
		const openssl = await openSSL(folder, "server", "-Verify", "1", "-verify_return_error", "-CAfile", "ca.pem");
		const output = await runClient(folder.path, openssl.port, { ...config, send: "GET / HTTP/1.0\\r\\n\\r\\n" });
		expect(output).toMatch(/Subject: CN=device 7/);
	});
});

// Chains that are longer than a record of mbedTLS, both ways, and a CertificateRequest that names 140 CAs. Row Z18.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "@jest/globals";
import { CertificateFolder } from "../client/certificates";
import { detailsIn, runClient } from "../client/client";
import { openSSL } from "../client/peers";
import { type Desk, startDesk } from "../desk";
import { run } from "../https";

const folder = new CertificateFolder();
folder.leaf("long");
const own = folder.read("long.pem");

const der = (pem: string): number =>
	execFileSync("openssl", ["x509", "-in", folder.file(pem), "-outform", "DER"]).length;

/** A chain of at least that many bytes of DER. Nobody looks for what follows the leaf in it. */
function makeChain(name: string, bytes: number): void {
	const extra = Math.ceil((bytes - der("long.pem")) / der("rsa-ca.pem"));
	writeFileSync(folder.file(`${name}.pem`), Buffer.concat([own, ...Array(extra).fill(folder.read("rsa-ca.pem"))]));
	writeFileSync(folder.file(`${name}.key.pem`), folder.read("long.key.pem"));
}
/** CAs whose names take 13 kB. */
function makeCAs(name: string, count: number): void {
	const key = folder.file("rsa-ca.key.pem");
	const subjects = Array.from(
		{ length: count },
		(_, index) => `/O=One of many authorities that a server lets in/CN=A ${index}`
	);
	const make = (subject: string) =>
		execFileSync("openssl", ["req", "-x509", "-key", key, "-subj", subject, "-days", "30"]);
	writeFileSync(folder.file(`${name}.pem`), Buffer.concat(subjects.map(make)));
}
makeCAs("many", 140);
makeChain("chain-4", 4300);
makeChain("chain-9", 9500);
makeChain("chain-16", 15_500);

const desks: Desk[] = [];
afterAll(() => Promise.all(desks.map(desk => desk.stop())));

async function serve(identities: string): Promise<number> {
	const desk = startDesk({
		main: "build/js/host-tests/programs/server/https-server.js",
		resources: [folder.path],
		config: { identities }
	});
	desks.push(desk);
	return Number((await desk.waitForLine(/listening on (\d+)/))[1]);
}

const send = "GET / HTTP/1.0\\r\\n\\r\\n";
const versions = ["1.2", "1.3"] as const;

describe("Z18 a server of ours with a long chain", () => {
	test.each(["chain-4", "chain-9", "chain-16"])("Z18 %s: openssl, curl and gnutls read it", async name => {
		const port = await serve(name);
		for (const version of versions) {
			const ca = ["--cacert", folder.file("ca.pem"), `--tlsv${version}`, "--tls-max", version];
			expect((await run("curl", ["-sS", ...ca, `https://localhost:${port}/`])).stdout).toContain(`"TLSv${version}"`);
			const openssl = ["-CAfile", folder.file("ca.pem"), "-verify_return_error", `-tls${version.replace(".", "_")}`];
			const { stdout } = await run("openssl", ["s_client", "-connect", `localhost:${port}`, "-showcerts", ...openssl]);
			expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(
				folder.read(`${name}.pem`).toString().match(/BEGIN/g)?.length ?? 0
			);
			if (name === "chain-16") continue; // gnutls takes 16 certificates
			const priority = ["--priority", `NORMAL:-VERS-ALL:+VERS-TLS${version}`, "--x509cafile", folder.file("ca.pem")];
			const gnutls = await run("gnutls-cli", [...priority, "-p", String(port), "localhost"]);
			expect(gnutls.stdout).toContain("Handshake was completed");
		}
	});

	test("Z18 to a client that takes records of 512 bytes", async () => {
		const port = await serve("chain-9");
		const priority = ["--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3", "--x509cafile", folder.file("ca.pem")];
		const { stdout, stderr } = await run("gnutls-cli", [
			...priority,
			"--recordsize",
			"512",
			"-p",
			String(port),
			"localhost"
		]);
		expect(stdout + stderr).toContain("Handshake was completed");
	});
});

describe("C1 Z18 a client of ours", () => {
	test.each(versions.flatMap(version => ["chain-9", "chain-16"].map(name => [name, version] as const)))(
		"C1 reads %s of openssl over TLS %s",
		async (name, version) => {
			const { port } = await openSSL(folder, "long", "-cert_chain", folder.file(`${name}.pem`));
			const output = await runClient(folder.path, port, { version: `TLSv${version}`, send });
			expect(detailsIn(output)).toMatchObject({ authorized: true });
		}
	);

	test.each(versions)("C1 is asked for a certificate of 140 CAs over TLS %s", async version => {
		const { port } = await openSSL(folder, "long", "-verify", "1", "-CAfile", folder.file("many.pem"));
		const output = await runClient(folder.path, port, { version: `TLSv${version}`, send });
		expect(detailsIn(output)).toMatchObject({ authorized: true });
	});
});

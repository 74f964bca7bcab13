// openssl comes with another server's ticket and early data: the handshake goes on without them. RFC 8446 §4.2.10.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { CertificateFolder } from "../client/certificates";
import { gnuTLS } from "../client/peers";
import { type Desk, startDesk } from "../desk";
import { run } from "../https";

const folder = new CertificateFolder();
folder.leaf("good");
let desk: Desk | undefined;
let port = 0;
let retrying = 0;
let other: Desk | undefined;
beforeAll(async () => {
	const start = (config: Record<string, string>): Desk =>
		startDesk({
			main: "build/js/host-tests/programs/server/https-server.js",
			resources: [folder.path],
			config: { identities: "good", ...config }
		});
	desk = start({});
	port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	other = start({ groups: "secp384r1" });
	retrying = Number((await other.waitForLine(/listening on (\d+)/))[1]);
});
afterAll(async () => {
	await desk?.stop();
	await other?.stop();
});

const session = join(folder.path, "session");
const client = ["-tls1_3", "-CAfile", folder.file("ca.pem"), "-verify_return_error", "-servername", "localhost"];
const request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/** A ticket that allows early data, of a server that is not ours. */
async function takeTicket(): Promise<void> {
	const theirs = await gnuTLS(folder, "good", "--earlydata", "--maxearlydata", "16384");
	const out = ["-connect", `127.0.0.1:${theirs.port}`, "-sess_out", session, "-ign_eof"];
	await run("openssl", ["s_client", ...client, ...out], "GET / HTTP/1.0\r\n\r\n");
}

test.each([1, 500, 8000])("Z19 %d bytes of early data are passed over", async length => {
	await takeTicket();
	writeFileSync(folder.file("early"), Buffer.alloc(length, "e"));
	for (const at of [port, retrying]) {
		const early = ["-sess_in", session, "-early_data", folder.file("early"), "-ign_eof"];
		const { stdout } = await run("openssl", ["s_client", ...client, "-connect", `127.0.0.1:${at}`, ...early], request);
		expect(stdout).toContain("Early data was rejected");
		expect(stdout).toContain("HTTP/1.1 200 OK");
	}
});

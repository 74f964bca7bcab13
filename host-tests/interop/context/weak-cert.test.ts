import { rmSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { makeClientIdentities } from "../client-identities";
import { startDesk } from "../desk";

const reason = "A certificate uses a key, a hash or a signature that is weak or not allowed";
const told = "its key or its signature is weak, and most peers will refuse it";

test("A2 A3 a certificate of RSA-1024 is refused, unless allowWeakCert says so, and that is traced", async () => {
	const identities = makeClientIdentities();
	const main = "build/js/host-tests/programs/server/weak-cert.js";
	const desk = startDesk({ main, resources: [identities.folder] });
	try {
		await desk.waitForLine(/^end$/m);
		expect(desk.output.trim().split("\n")).toEqual([
			`without: Loading certificate and key: ${reason} (CERTIFICATE_WEAK)`,
			`refused: Loading certificate and key: ${reason} (CERTIFICATE_WEAK)`,
			`TLS: Loading certificate and key: ${told}`,
			"allowed: accepted",
			`TLS: Loading certificate and key 2: ${told}`,
			"beside a good one: accepted",
			"a good one: accepted",
			"end"
		]);
	} finally {
		await desk.stop();
		rmSync(identities.folder, { recursive: true });
	}
});

// Examples that are about who a server or its client is, with clients of others: curl, openssl.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { run } from "../https";
import { ca, curl, identities, makeIdentities, startExample } from "./example";

const folder = mkdtempSync(join(tmpdir(), "examples-"));
makeIdentities();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("B4 Z13 example several-names: the name decides over the certificate", async () => {
	const { port } = await startExample("several-names");
	for (const name of ["localhost", "other.local"]) {
		const to = `${name}:${port}:127.0.0.1:${port}`;
		expect(await curl("--connect-to", to, `https://${name}:${port}/`)).toBe(`You have reached ${name}\n`);
	}
});

test("A5 Z13 example mutual-tls: two devices meet, and a stranger is not let in", async () => {
	const example = await startExample("mutual-tls");
	await example.waitForLine(/^Server: device-2 is here\nClient: localhost says "Hello, device-2"$/m);
	const connect = ["s_client", "-connect", `localhost:${example.port}`, "-CAfile", ca, "-ign_eof"];
	const own = ["-cert", join(identities, "client.pem"), "-key", join(identities, "client.key.pem")];
	expect((await run("openssl", [...connect, ...own])).stdout).toContain("Hello, device-2");
	expect((await run("openssl", connect)).stdout).not.toContain("Hello");
	await example.waitForLine(/^Not let in from \S+: [A-Z_]+$/m);
});

test("Z15 Z13 example found-by-name: its name, and its certificate for that name", async () => {
	const host = `lamp-${process.pid}`;
	const config = { host, plainPort: 0, preferences: folder, deskAddress: "127.0.2.1" };
	const { url, port, waitForLine } = await startExample("found-by-name", config);
	await waitForLine(new RegExp(`^${host}\\.local is this device$`, "m"));
	const trusted = join(folder, "named-ca.crt");
	writeFileSync(trusted, (await run("curl", ["-sSk", `${url}/ca.crt`])).stdout);
	const at = ["--cacert", trusted, "--resolve", `${host}.local:${port}:127.0.0.1`, `https://${host}.local:${port}/`];
	expect((await run("curl", ["-sS", ...at])).stdout).toBe(`This is ${host}.local\n`);
	expect((await run("curl", ["-sSk", "-H", "host: evil.example", url])).stdout).toBe("421 Misdirected Request\n");
});

test("Z5 Z13 example own-identity: its CA is what clients need, and it is the same after a restart", async () => {
	const config = { preferences: join(folder, "preferences") };
	const first = await startExample("own-identity", config);
	const file = join(folder, "ca.crt");
	await run("curl", ["-sk", "-o", file, `${first.url}/ca.crt`]);
	const ask = async (url: string) => (await run("curl", ["-sS", "--cacert", file, `${url}/`])).stdout;
	const fingerprint = await ask(first.url);
	expect(fingerprint).toMatch(/^[0-9A-Fa-f:]{64,}\n$/);
	await first.stop();
	expect(await ask((await startExample("own-identity", config)).url)).toBe(fingerprint);
});

import { afterEach, describe, expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { type HttpsServer, sClient, startServer } from "../https";
import { type IdentityName, identityFolder } from "../identities";

let server: HttpsServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

async function attempt(config: Record<string, string>, client: readonly string[], identity: IdentityName = "p256") {
	server = await startServer({ identities: [identity], config });
	const { stdout, stderr } = await sClient(server.port, ...client);
	await server.stop();
	return stdout + stderr;
}

describe.each([
	["minVersion", { minVersion: "TLSv1.3" }, ["-tls1_3"], ["-tls1_2"], /alert protocol version/],
	["maxVersion", { maxVersion: "TLSv1.2" }, ["-tls1_2"], ["-tls1_3"], /alert protocol version/],
	[
		"ciphers 1.3",
		{ ciphers: "TLS_CHACHA20_POLY1305_SHA256" },
		["-tls1_3"],
		["-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"],
		/alert handshake failure/
	],
	[
		"ciphers 1.2",
		{ ciphers: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" },
		["-tls1_2"],
		["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"],
		/alert handshake failure/
	],
	[
		"groups",
		{ groups: "secp384r1" },
		["-tls1_3", "-groups", "P-384"],
		["-tls1_3", "-groups", "X25519"],
		/alert handshake failure/
	],
	[
		"groups 1.2",
		{ groups: "secp384r1" },
		["-tls1_2", "-groups", "P-384:P-256"],
		["-tls1_2", "-groups", "P-256"],
		/alert handshake failure/
	]
] as const)("B14 %s per context", (_, config, good, bad, alert) => {
	test("B14 what is allowed is negotiated, and nothing else", async () => {
		expect(await attempt(config, good)).toContain("HTTP/1.1 200 OK");
		expect(await attempt(config, bad)).toMatch(alert);
	});
});

test.each([
	["-tls1_2", "rsa_pkcs1_sha384", "RSA+SHA256"],
	["-tls1_3", "rsa_pss_rsae_sha384", "RSA-PSS+SHA256"]
])("B14 %s a server signs only with what is allowed: %s", async (version, signatureAlgorithms, other) => {
	const config = { signatureAlgorithms };
	expect(await attempt(config, [version], "rsa2048")).toMatch(/Peer signing digest: SHA384/);
	expect(await attempt(config, [version, "-sigalgs", other], "rsa2048")).toMatch(/alert handshake failure/);
});

// s_client sends a share of its first group alone.
test.each([
	["-tls1_2", "P-256:X25519", /Server Temp Key: X25519/],
	["-tls1_3", "P-256:X25519", /Server Temp Key: ECDH, prime256v1/],
	["-tls1_3", "P-521:P-256:X25519", /Server Temp Key: ECDH, prime256v1/]
])("B14 %s whose order of groups decides: %s", async (version, groups, chosen) => {
	const said = await attempt({ groups: "x25519,secp256r1" }, [version, "-groups", groups, "-trace"]);
	expect(said).toMatch(chosen);
	expect(said.split("ClientHello, Length=")).toHaveLength(groups.startsWith("P-521") ? 3 : 2);
});

test.each([
	["ciphers", "TLS_RSA_WITH_RC4_128_MD5", /no cipher suite "TLS_RSA_WITH_RC4_128_MD5"/],
	["groups", "x25519,secp160r1", /no group "secp160r1"/],
	["signatureAlgorithms", "ed25519", /no signature algorithm "ed25519"/],
	["ciphers", "", /ciphers is empty/]
])("B14 %s=%s is an error that names it when the context is made", async (option, names, message) => {
	const desk = startDesk({
		main: "build/js/host-tests/programs/server/https-server.js",
		resources: [identityFolder],
		config: { identities: "p256", [option]: names }
	});
	expect((await desk.exit).code).toBe(1);
	expect(desk.output).toMatch(message);
});

test.each([
	["minVersion", "TLSv1.3", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
	["maxVersion", "TLSv1.2", "TLS_AES_128_GCM_SHA256"]
])("B14 %s %s with suites of the other version alone is an error that names both", async (option, version, ciphers) => {
	const desk = startDesk({
		main: "build/js/host-tests/programs/server/https-server.js",
		resources: [identityFolder],
		config: { identities: "p256", [option]: version, ciphers }
	});
	expect((await desk.exit).code).toBe(1);
	expect(desk.output).toContain(`ciphers has nothing for ${option} ${version}: ${ciphers}`);
});

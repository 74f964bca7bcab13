import { afterEach, describe, expect, test } from "@jest/globals";
import { curl, type HttpsServer, sClient, startServer } from "../https";
import type { IdentityName } from "../identities";

let server: HttpsServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

const versions = [
	["1.2", "--tls-max", "TLSv1.2"],
	["1.3", "--tlsv1.3", "TLSv1.3"]
] as const;

async function expectPage(identities: readonly IdentityName[]): Promise<void> {
	server = await startServer({ identities });
	for (const [version, option, protocol] of versions) {
		const parameters = option === "--tls-max" ? [option, version] : [option];
		const { status, stdout, stderr } = await curl(...parameters, server.url);
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		expect(JSON.parse(stdout).tls).toMatchObject({ protocol });
	}
}

describe.each(["rsa2048", "rsa3072", "rsa4096"] as const)("A2 %s chain and key", name => {
	test("A2 curl verifies it over TLS 1.2 and 1.3", () => expectPage([name]));
});

describe.each(["p256", "p384"] as const)("A3 %s certificate, issued by an RSA CA", name => {
	test("A3 curl verifies it over TLS 1.2 and 1.3", () => expectPage([name]));
});

describe("A3 RSA and EC side by side", () => {
	test("A3 -tls1_2 a curve that the client did not offer: the RSA identity, or handshake_failure", async () => {
		server = await startServer({ identities: ["p256", "rsa2048"] });
		expect((await sClient(server.port, "-tls1_2", "-groups", "X25519")).stdout).toMatch(/Peer signature type: RSA/);
		await server.stop();
		server = await startServer({ identities: ["p256"] });
		const { stdout, stderr } = await sClient(server.port, "-tls1_2", "-groups", "X25519");
		expect(stdout + stderr).toMatch(/alert handshake failure/);
		await server.waitForLine(/refused HANDSHAKE_FAILURE/);
	});

	test.each([
		["-tls1_2", "-sigalgs", "ECDSA+SHA256", "ECDSA"],
		["-tls1_2", "-sigalgs", "RSA+SHA256:RSA-PSS+SHA256", "RSA"],
		["-tls1_3", "-sigalgs", "ECDSA+SHA256", "ECDSA"],
		["-tls1_3", "-sigalgs", "RSA-PSS+SHA256:RSA+SHA256", "RSA"]
	])("A3 %s %s %s gets an %s signature", async (version, option, algorithms, kind) => {
		server = await startServer({ identities: ["p256", "rsa2048"] });
		// The chain itself is signed with RSA, so that is not asked of the client's list here.
		const { stdout } = await sClient(server.port, version, option, algorithms);
		const signature = /Peer signature type: (\S+)/.exec(stdout)?.[1];
		expect(signature).toMatch(kind === "RSA" ? /^RSA/ : /^ECDSA/);
		expect(stdout).toContain("HTTP/1.1 200 OK");
	});
});

import { readFileSync } from "node:fs";
import { Agent, get, request } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { curl, type HttpsServer, sClient, startServer } from "../https";
import { caFile } from "../identities";

let server: HttpsServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(() => server.stop());

// Over TLS 1.2 the groups are the curves of certificates too, so this one is RSA.
describe.each(["-tls1_2", "-tls1_3"])("Z1 openssl s_client %s", version => {
	test.each(["X25519", "P-256", "P-384"])("gets the page with group %s", async group => {
		const rsa = await startServer({ identities: ["rsa2048"] });
		const { stdout } = await sClient(rsa.port, version, "-groups", group);
		await rsa.stop();
		expect(stdout).toContain("Verify return code: 0 (ok)");
		expect(stdout).toContain("HTTP/1.1 200 OK");
	});
});

test("a version that is too old is refused with protocol_version", async () => {
	const { stdout, stderr } = await sClient(server.port, "-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0");
	expect(stdout + stderr).toMatch(/alert protocol version/);
});

describe.each([
	["AES128-GCM", "ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_AES_128_GCM_SHA256"],
	["AES256-GCM", "ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_AES_256_GCM_SHA384"],
	["CHACHA20", "ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_CHACHA20_POLY1305_SHA256"]
])("%s", (_, old, name) => {
	test("is agreed on in TLS 1.2 and 1.3", async () => {
		expect((await sClient(server.port, "-tls1_2", "-cipher", old)).stdout).toContain(`Cipher is ${old}`);
		const { stdout } = await sClient(server.port, "-tls1_3", "-ciphersuites", name);
		expect(stdout).toContain(`"cipher":"${name}"`);
	});
});

test("a suite without AEAD is refused with handshake_failure", async () => {
	const { stdout, stderr } = await sClient(server.port, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256");
	expect(stdout + stderr).toMatch(/handshake failure/);
});

test.each([0, 1, 4095, 4096, 16_384, 100_000, 1_000_000])("curl downloads %d bytes", async count => {
	const { status, stdout } = await curl(`${server.url}/bytes/${count}`);
	expect({ status, length: stdout.length }).toEqual({ status: 0, length: count });
});

test("Node keeps one connection alive over ten requests", async () => {
	const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: readFileSync(caFile) });
	const ports = new Set<number>();
	for (let i = 0; i < 10; i++) {
		await new Promise<void>((resolve, reject) => {
			get(server.url, { agent }, response => {
				ports.add(response.socket.localPort ?? 0);
				response.resume().on("end", resolve);
			}).on("error", reject);
		});
	}
	agent.destroy();
	expect(ports.size).toBe(1);
});

test("Node uploads a megabyte", async () => {
	const text = await new Promise<string>((resolve, reject) => {
		const upload = request(`${server.url}/echo`, { method: "POST", ca: readFileSync(caFile) }, response => {
			response.setEncoding("utf8").on("data", resolve);
		});
		upload.on("error", reject).end(Buffer.alloc(1_000_000));
	});
	expect(JSON.parse(text)).toEqual({ length: 1_000_000 });
});

test("a connection that is in order is not a word on the console", async () => {
	const quiet = await startServer();
	const { status } = await curl(`${quiet.url}/`);
	await quiet.stop();
	expect([status, quiet.output]).toEqual([0, expect.stringMatching(/^listening on \d+\n$/)]);
});

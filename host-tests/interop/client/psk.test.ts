// A client's pre-shared key.

import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { describe, expect, test } from "@jest/globals";
import { freePort } from "../free-port";
import { CertificateFolder } from "./certificates";
import { type ClientConfig, detailsIn, runClient } from "./client";
import { closers, type Peer, startPeer } from "./peers";

const folder = new CertificateFolder();
const psk = "00112233445566778899aabbccddeeff";
const send = "GET / HTTP/1.0\\r\\n\\r\\n";

async function openSSL(key: string, ...parameters: string[]): Promise<Peer> {
	const port = await freePort();
	const own = ["s_server", "-accept", String(port), "-nocert", "-psk", key, "-psk_identity", "me", "-www"];
	return Object.assign(await startPeer(folder.path, "openssl", [...own, ...parameters], /ACCEPT/), { port });
}

async function gnuTLS(key: string, ...parameters: string[]): Promise<Peer> {
	const port = await freePort();
	writeFileSync(folder.file("keys.psk"), `me:${key}\n`);
	const priority = "NORMAL:-KX-ALL:+PSK:+ECDHE-PSK:+DHE-PSK";
	const own = ["--http", "--port", String(port), "--pskpasswd", "keys.psk", "--priority", priority];
	return Object.assign(await startPeer(folder.path, "gnutls-serv", [...own, ...parameters], /listening on.*done/), {
		port
	});
}

async function node(hint?: string): Promise<number> {
	const server = createServer({
		ciphers: "PSK",
		maxVersion: "TLSv1.2",
		...(hint === undefined ? {} : { pskIdentityHint: hint }),
		pskCallback: (_, identity) => (identity === "me" ? Buffer.from(psk, "hex") : null)
	});
	server.on("secureConnection", socket => socket.on("error", () => {}).end("hello"));
	server.listen(0, "127.0.0.1");
	await new Promise(resolve => server.once("listening", resolve));
	closers.add(() => server.close());
	return (server.address() as AddressInfo).port;
}

const run = (port: number, config: ClientConfig): Promise<string> =>
	runClient(folder.path, port, { send, psk, ...config });

const plain = { version: "TLSv1.2", ciphers: "TLS_PSK_WITH_AES_128_GCM_SHA256" };
const ecdhe = { version: "TLSv1.2", ciphers: "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256" };
const ways: [string, ClientConfig, string][] = [
	["TLS 1.2 PSK", plain, plain.ciphers],
	["TLS 1.2 ECDHE-PSK", ecdhe, ecdhe.ciphers],
	["TLS 1.3", { version: "TLSv1.3" }, "TLS_AES_128_GCM_SHA256"]
];

describe.each(ways)("C4 %s", (_, config, cipher) => {
	test.each([
		["openssl s_server", () => openSSL(psk, "-ciphersuites", "TLS_AES_128_GCM_SHA256")],
		["gnutls-serv", () => gnuTLS(psk)]
	])("C4 %s accepts the client, and the client the server", async (_, start) => {
		const { port } = await start();
		const output = await run(port, config);
		expect(detailsIn(output)).toMatchObject({ cipher, resumed: false, authorized: false });
		expect(output).toMatch(/received HTTP\/1\.0 200 /i);
	});

	test.each(["0c", "ff".repeat(32)])("C4 a key of %s", async key => {
		const { port } = await openSSL(key, "-ciphersuites", "TLS_AES_128_GCM_SHA256");
		expect(await run(port, { ...config, psk: key })).toMatch(/received HTTP\/1\.0 200 /i);
	});

	test("C4 a server with another key is refused", async () => {
		const { port } = await openSSL("ff".repeat(16), "-ciphersuites", "TLS_AES_128_GCM_SHA256");
		expect(await run(port, config)).toMatch(/error (ALERT_RECEIVED|BAD_RECORD_MAC|DECRYPT_ERROR)/);
	});
});

test("C4 Node's tls, by its pskCallback", async () => {
	const { cipher, pskIdentityHint } = detailsIn(await run(await node(), plain));
	expect(cipher).toBe(plain.ciphers);
	expect(pskIdentityHint).toBeUndefined();
});

describe("C4 the server's hint is read", () => {
	test("C4 of openssl, with PSK and with ECDHE-PSK", async () => {
		const { port } = await openSSL(psk, "-psk_hint", "a hint");
		expect(detailsIn(await run(port, plain)).pskIdentityHint).toBe("a hint");
		expect(detailsIn(await run(port, ecdhe)).pskIdentityHint).toBe("a hint");
	});

	test("C4 of gnutls-serv", async () => {
		const { port } = await gnuTLS(psk, "--pskhint", "another");
		expect(detailsIn(await run(port, plain)).pskIdentityHint).toBe("another");
	});

	test("C4 of Node", async () => {
		expect(detailsIn(await run(await node("a \u00fc"), plain)).pskIdentityHint).toBe("a \u00c3\u00bc");
	});
});

test.each(["", "0", "0g", "00".repeat(33), "0x00"])("C4 %j is not a key", async key => {
	expect(await runClient(folder.path, 1, { psk: key })).toMatch(/pre-shared key in a string is 2 to 64 hexadecimal/);
});

test.each([[""], ["i".repeat(129)]])("C4 %j is not an identity", async pskIdentity => {
	expect(await runClient(folder.path, 1, { psk, pskIdentity })).toMatch(/psk\.identity ".*" is not 1 to 128 bytes/);
});

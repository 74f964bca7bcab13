import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connect, createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { beforeAll, expect, test } from "@jest/globals";
import { parsePsks } from "../../../certs/lib/images/psk";
import { folder, made, openssl } from "./tool";

const out = folder();
const read = (name: string) => readFileSync(join(out, name));

beforeAll(async () => {
	await made("server", "--out", out, "--host", "localhost", "--ip", "127.0.0.1");
	await made("server", "--out", out, "--host", "localhost", "--as", "rsa", "--key-type", "rsa");
	await made("client", "--out", out, "--name", "alice");
	await made("psk", "--out", out, "--identity", "device-7");
	await made("psk", "--out", out, "--identity", "device-8", "--bytes", "16");
});

/** One handshake of Node's own TLS on the loopback; what `see` says of the server's side. */
async function handshake<T>(server: TlsOptions, client: object, see: (socket: TLSSocket) => T): Promise<T> {
	const listener = createServer(server);
	await new Promise<void>(resolve => listener.listen(0, "127.0.0.1", resolve));
	try {
		return await new Promise<T>((resolve, reject) => {
			listener.once("secureConnection", socket => resolve(see(socket)));
			listener.once("tlsClientError", reject);
			const { port } = listener.address() as AddressInfo;
			const peer = connect({ port, host: "127.0.0.1", servername: "localhost", ...client });
			peer.once("error", reject);
			listener.once("secureConnection", () => peer.end());
		});
	} finally {
		listener.close();
	}
}

test("E10 openssl verifies a client's certificate for clients, and not for servers", () => {
	const verify = (purpose: string) =>
		openssl("verify", "-x509_strict", "-purpose", purpose, "-CAfile", join(out, "ca.pem"), join(out, "client.pem"));
	expect(verify("sslclient")).toContain("OK");
	expect(() => verify("sslserver")).toThrow(/unsuitable certificate purpose|unsupported certificate purpose/);
});

test.each(["server", "rsa"])("A5 C3 Node's TLS takes the %s identity and the client's, both verified", async base => {
	const server = {
		cert: read(`${base}.pem`),
		key: read(`${base}.key.pem`),
		ca: read("ca.pem"),
		requestCert: true,
		rejectUnauthorized: true
	};
	const client = { cert: read("client.pem"), key: read("client.key.pem"), ca: read("ca.pem") };
	const peer = await handshake(server, client, socket => [socket.authorized, socket.getPeerCertificate().subject.CN]);
	expect(peer).toEqual([true, "alice"]);
});

test("C4 a PSK of the file completes a handshake of Node's TLS", async () => {
	const [seventh, eighth] = parsePsks(read("psk.txt").toString(), "psk.txt");
	expect([seventh?.identity, seventh?.key.length, eighth?.identity, eighth?.key.length]).toEqual([
		"device-7",
		32,
		"device-8",
		16
	]);
	const options = { ciphers: "PSK", maxVersion: "TLSv1.2" as const, checkServerIdentity: () => undefined };
	const pskCallback = () => ({ psk: eighth?.key as Buffer, identity: "device-8" });
	const lookUp = {
		...options,
		pskCallback: (_: unknown, identity: string) => (identity === "device-8" ? (eighth?.key ?? null) : null)
	};
	expect(
		await handshake(lookUp as TlsOptions, { ...options, pskCallback }, socket => socket.getCipher().name)
	).toContain("PSK");
});

test("C4 a key is revoked by removing its identity, and the others stay", async () => {
	const before = read("psk.txt").toString();
	await made("psk", "--out", out, "--identity", "device-7", "--remove");
	expect(read("psk.txt").toString()).toBe(before.split("\n").slice(1).join("\n"));
	writeFileSync(join(out, "psk.txt"), before);
});

// Record sizes that peers ask for, as gnutls asks (RFC 8449, RFC 6066 §4), and the records that are then on the wire.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { CertificateFolder } from "../client/certificates";
import { runClient, startClient } from "../client/client";
import { gnuTLS, openSSLReader } from "../client/peers";
import { type HttpsServer, startServer } from "../https";
import { caFile } from "../identities";
import { type Tap, tap } from "./wire";

let server: HttpsServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

const BODY = 20_000;
const OVERHEAD = { "1.2": 8 + 16, "1.3": 16 } as const; // nonce and tag; over TLS 1.3 the limit counts the inner type

/** What gnutls-cli gets of the server, through `wire`. */
async function download(wire: Tap, version: string, recordSize: number): Promise<string> {
	const priority = `NORMAL:-VERS-ALL:+VERS-TLS${version}`;
	const own = ["--x509cafile", caFile, "--recordsize", String(recordSize), "--priority", priority];
	const child = spawn("gnutls-cli", [...own, "-p", String(wire.port), "localhost"]);
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", chunk => {
			output += chunk;
		});
	}
	child.stdin.write(`GET /bytes/${BODY} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
	await once(child, "close");
	return output;
}

const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);
const most = (lengths: readonly number[]): number => Math.max(...lengths);

describe("A1 a server of ours", () => {
	// With 512 the certificate takes more than one record.
	test.each([512, 1000, 2048, 4096])("A1 TLS 1.3: gnutls-cli's record_size_limit of %d is honoured", async size => {
		server = await startServer();
		const wire = await tap(server.port);
		expect(await download(wire, "1.3", size)).toContain("200 OK");
		const payload = wire.down.slice(4);
		expect(sum(payload)).toBeGreaterThan(BODY);
		expect(most(wire.down)).toBeLessThanOrEqual(size + 1 + OVERHEAD["1.3"]);
		expect(most(payload)).toBeGreaterThan(size - 100);
	});

	test.each([512, 1024, 2048, 4096])("A1 TLS 1.2: gnutls-cli's max_fragment_length of %d is honoured", async size => {
		server = await startServer();
		const wire = await tap(server.port);
		expect(await download(wire, "1.2", size)).toContain("200 OK");
		expect(most(wire.down)).toBeLessThanOrEqual(size + OVERHEAD["1.2"]);
		expect(most(wire.down)).toBeGreaterThan(size - 100);
	});
});

const folder = new CertificateFolder();
folder.leaf("server");

describe("E5 a client of ours", () => {
	test.each([512, 1500, 4096])("E5 TLS 1.3: gnutls-serv's record_size_limit of %d is honoured", async size => {
		const wire = await tap((await gnuTLS(folder, "server", "--recordsize", String(size))).port);
		const client = startClient(folder.path, wire.port, { version: "TLSv1.3", sendBytes: BODY, quiet: true });
		await until(() => sum(wire.up) >= BODY, `${BODY} bytes on the wire`);
		await client.stop();
		expect(most(wire.up)).toBeLessThanOrEqual(size + 1 + OVERHEAD["1.3"]);
		expect(most(wire.up)).toBeGreaterThan(size - 100);
	});

	test.each([512, 1024, 8191])(
		"E5 receiveSize %d does not keep it from a server of both versions",
		async receiveSize => {
			const { port } = await openSSLReader(folder, "server");
			const client = startClient(folder.path, port, { receiveSize });
			expect((await client.waitForLine(/^(connected|error).*/m))[1]).toBe("connected");
			await client.stop();
		}
	);

	test.each([
		[512, 512],
		[1500, 1024],
		[4096, 4096]
	])("E5 TLS 1.2: receiveSize %d asks openssl for fragments of %d", async (receiveSize, size) => {
		const peer = await openSSLReader(folder, "server", "-www");
		const wire = await tap(peer.port);
		const send = "GET / HTTP/1.0\\r\\n\\r\\n";
		await runClient(folder.path, wire.port, { version: "TLSv1.2", receiveSize, send });
		expect(most(wire.down)).toBeLessThanOrEqual(size + OVERHEAD["1.2"]);
		expect(wire.down.length).toBeGreaterThan(0);
	});
});

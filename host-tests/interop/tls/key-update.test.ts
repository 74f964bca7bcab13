// KeyUpdate (RFC 8446 §4.6.3) that OpenSSL sends, and asks for.

import { type ChildProcess, spawn } from "node:child_process";
import { afterAll, test } from "@jest/globals";
import { until as untilTrue } from "../../deadline";
import { CertificateFolder } from "../client/certificates";
import { startClient } from "../client/client";
import { freePort } from "../free-port";
import { startServer } from "../https";
import { caFile } from "../identities";

const folder = new CertificateFolder();
folder.leaf("server");
const children = new Set<ChildProcess>();
afterAll(() => {
	for (const child of children) child.kill("SIGKILL");
});

/** OpenSSL reads commands: a line that begins with K asks for a KeyUpdate, with k it only makes one. */
function openSSL(parameters: string[], cwd?: string) {
	const child = spawn("stdbuf", ["-o0", "openssl", ...parameters], { cwd, stdio: ["pipe", "pipe", "pipe"] });
	let output = "";
	children.add(child);
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", chunk => {
			output += chunk;
		});
	const until = async (pattern: RegExp): Promise<void> => {
		await untilTrue(
			() => pattern.test(output),
			() => `${pattern} in:\n${output}`
		);
		output = "";
	};
	return { until, type: (text: string) => child.stdin.write(text) };
}

test("Z1 a client's KeyUpdates, made and asked for, between requests on one connection", async () => {
	const server = await startServer();
	const client = openSSL(["s_client", "-connect", `127.0.0.1:${server.port}`, "-CAfile", caFile, "-tls1_3"]);
	await client.until(/Verify return code: 0 \(ok\)/);
	for (const command of ["k", "K", "K"]) {
		client.type(`${command}\n`);
		await client.until(/KEYUPDATE/);
		client.type("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
		await client.until(/HTTP\/1.1 200 OK/);
	}
	await server.stop();
});

test("Z1 a server's KeyUpdates, made and asked for, while data goes both ways", async () => {
	const port = await freePort();
	const server = openSSL(
		["s_server", "-accept", String(port), "-cert", "server.pem", "-key", "server.key.pem", "-tls1_3"],
		folder.path
	);
	await server.until(/ACCEPT/);
	const client = startClient(folder.path, port, { version: "TLSv1.3", sendBytes: 10 });
	await client.waitForLine(/connected/);
	for (const [command, word] of [
		["k", "one"],
		["K", "two"],
		["K", "three"]
	]) {
		server.type(`${command}\n`);
		await server.until(/SSL_do_handshake -> 1/);
		server.type(`${word}\n`);
		await client.waitForLine(new RegExp(`received ${word}`));
	}
	await client.stop();
});

// rustls, by the one program of Debian that is made with it: tealdeer, which fetches https://tldr.sh/assets/tldr.zip. A proxy
// of ours takes it to our server. Row Z1.

import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { CertificateFolder } from "../client/certificates";
import { closers } from "../client/peers";
import { type Desk, startDesk } from "../desk";

const folder = new CertificateFolder();
folder.leaf("tldr", { commonName: "tldr.sh", subjectAltName: "DNS:tldr.sh" });

/** What it prints, of our server on that port. */
async function fetchPages(port: number, ca: string): Promise<string> {
	const proxy = createServer().on("connect", (_request, client) => {
		const server = connect(port, "127.0.0.1", () => client.write("HTTP/1.1 200 Connected\r\n\r\n"));
		client.pipe(server).pipe(client);
		for (const socket of [client, server]) socket.on("error", () => [client, server].map(end => end.destroy()));
	});
	await new Promise(listening => proxy.listen(0, "127.0.0.1", () => listening(undefined)));
	const env = {
		...process.env,
		HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		SSL_CERT_FILE: folder.file(`${ca}.pem`),
		HOME: folder.path,
		XDG_CACHE_HOME: folder.path
	};
	const said = await new Promise<string>(resolve =>
		execFile("tldr", ["--update"], { env }, (_error, stdout, stderr) => resolve(stdout + stderr))
	);
	proxy.close();
	return said;
}

describe.each(["1.2", "1.3"] as const)("rustls, TLS %s", version => {
	const desks: Desk[] = [];
	const ports: number[] = [];
	closers.add(() => {
		for (const desk of desks) desk.stop();
	});

	beforeAll(async () => {
		for (const config of [{}, { ca: "ca.pem", requestCert: 1 }]) {
			const desk = startDesk({
				main: "build/js/host-tests/programs/server/https-server.js",
				resources: [folder.path],
				config: { identities: "tldr", minVersion: `TLSv${version}`, maxVersion: `TLSv${version}`, ...config }
			});
			desks.push(desk);
			ports.push(Number((await desk.waitForLine(/listening on (\d+)/))[1]));
		}
	});

	const heard = (index: number, line: RegExp) =>
		until(
			() => line.test(desks[index]?.output ?? ""),
			() => `${line} in:\n${desks[index]?.output}`
		);

	test(`Z1 ${version}: it is served`, async () => {
		await fetchPages(ports[0] ?? 0, "ca");
		await heard(0, new RegExp(`away \\{"protocol":"TLSv${version}"`));
		await heard(0, new RegExp(`back \\{"protocol":"TLSv${version}"`));
	});

	// Over TLS 1.3 it closes TCP without an alert.
	test(`B15 ${version}: it refuses our certificate`, async () => {
		expect(await fetchPages(ports[0] ?? 0, "rsa-ca")).toMatch(/invalid peer certificate/);
		await heard(0, version === "1.3" ? /refused TRUNCATED: / : /refused ALERT_RECEIVED: .*received alert/);
	});

	test(`A5 ${version}: it is told that it has no certificate`, async () => {
		const said =
			version === "1.3" ? /received fatal alert: CertificateRequired/ : /received fatal alert: HandshakeFailure/;
		expect(await fetchPages(ports[1] ?? 0, "ca")).toMatch(said);
		await heard(1, /refused CERTIFICATE_REQUIRED: /);
	});
});

// HTTPSServer on real XS, mbedTLS and TCP: both ports, events, what handlers learn of TLS.

import { afterEach, expect, test } from "@jest/globals";
import { type Desk, startDesk } from "../desk";
import { curl, run } from "../https";
import { identityFolder } from "../identities";

let desk: Desk;

async function start(config: Record<string, string> = {}): Promise<[port: string, plainPort: string]> {
	desk = startDesk({ main: "build/js/host-tests/programs/httpsd/https-site.js", resources: [identityFolder], config });
	const [, port = "", plainPort = ""] = await desk.waitForLine(/ports (\d+) (\d+)/);
	return [port, plainPort];
}

afterEach(async () => void (await desk.stop()));

test("B2 plain HTTP is redirected to HTTPS, whose responses carry HSTS", async () => {
	const [port, plainPort] = await start();
	const plain = (await curl("-i", `http://localhost:${plainPort}/?a=b`)).stdout;
	expect(plain).toMatch(/^HTTP\/1.1 307 /);
	expect(plain).toContain(`location: https://localhost:${port}/?a=b\r\n`);
	expect(plain).not.toContain("strict-transport-security");
	const followed = await curl("-iL", `http://localhost:${plainPort}/`);
	expect(followed.stdout).toContain("\r\nstrict-transport-security: max-age=3600; includeSubDomains\r\n");
	expect(followed.stdout).toContain('"protocol":"TLSv1.3"');
});

test("B2 the same routes over both ports, with plain: serve", async () => {
	const [port, plainPort] = await start({ plain: "serve" });
	expect((await curl(`http://localhost:${plainPort}/`)).stdout).toBe('{"tls":"none","times":1}');
	expect((await curl(`https://localhost:${port}/`)).stdout).toContain('"alpnProtocol":"http/1.1"');
});

test("B7 connected, disconnected, a context per connection, TLS details on each request", async () => {
	const [port] = await start();
	const url = `https://localhost:${port}/`;
	const { stdout } = await curl("--tls-max", "1.2", url, url, url);
	expect(stdout.match(/"times":\d/g)).toEqual(['"times":1', '"times":2', '"times":3']);
	expect(stdout.match(/"protocol":"TLSv1.2","cipher":"TLS_ECDHE_ECDSA_/g)).toHaveLength(3);
	await desk.waitForLine(/disconnected after 3/);
	expect(desk.output).toMatch(/connected \{"protocol":"TLSv1.2",/);
});

test("B8 all seven events, a failed handshake among them", async () => {
	const [port] = await start();
	await curl(`https://localhost:${port}/`);
	expect(
		(
			await run("curl", [
				"-s",
				"--tls-max",
				"1.2",
				"--cacert",
				`${identityFolder}/p384.pem`,
				`https://127.0.0.1:${port}/`
			])
		).status
	).toBe(60);
	await desk.waitForLine(/error ALERT_RECEIVED unknown_ca from (::ffff:)?127\.0\.0\.1/);
	await desk.waitForLine(/disconnected/);
	expect(await desk.stop()).toEqual({ code: 0, signal: null });
	const names = [...desk.output.matchAll(/^(started|connected|data|sent|disconnected|error|stopped)/gm)].map(m => m[1]);
	expect([...new Set(names)].sort()).toEqual(
		["connected", "data", "disconnected", "error", "sent", "started", "stopped"].sort()
	);
});

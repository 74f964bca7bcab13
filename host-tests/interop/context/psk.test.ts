import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { curl, type Outcome, run, sClient } from "../https";
import { identityFolder } from "../identities";

const alice = "00112233445566778899aabbccddeeff";
const folder = mkdtempSync(join(tmpdir(), "psk-"));
let desk: ReturnType<typeof startDesk>;
let alone = 0;
let beside = 0;
let hinting = 0;
beforeAll(async () => {
	desk = startDesk({ main: "build/js/host-tests/programs/server/psk-server.js", resources: [identityFolder] });
	await desk.waitForLine(/listening on all/);
	alone = Number(/alone on (\d+)/.exec(desk.output)?.[1]);
	beside = Number(/beside on (\d+)/.exec(desk.output)?.[1]);
	hinting = Number(/hinting on (\d+)/.exec(desk.output)?.[1]);
});
afterAll(async () => {
	await desk.stop();
	rmSync(folder, { recursive: true });
});

const ask = (port: number, identity: string, key: string, ...parameters: readonly string[]): Promise<Outcome> =>
	sClient(port, "-psk_identity", identity, "-psk", key, ...parameters);
const post = async (path: string): Promise<unknown> =>
	JSON.parse((await curl("-X", "POST", `https://localhost:${beside}/${path}`)).stdout);

const ways = [
	["TLS 1.2 PSK", ["-tls1_2", "-cipher", "PSK-AES128-GCM-SHA256"], "TLS_PSK_WITH_AES_128_GCM_SHA256"],
	["TLS 1.2 PSK AES-256", ["-tls1_2", "-cipher", "PSK-AES256-GCM-SHA384"], "TLS_PSK_WITH_AES_256_GCM_SHA384"],
	[
		"TLS 1.2 ECDHE-PSK",
		["-tls1_2", "-cipher", "ECDHE-PSK-CHACHA20-POLY1305"],
		"TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256"
	],
	["TLS 1.3", ["-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"], "TLS_AES_128_GCM_SHA256"]
] as const;

// Tickets and session ids pass in the clear there.
test.each([[], ["-no_ticket"]])(
	"C4 B6 TLS 1.2 %j: a client that offers alice's session and cannot resume it does not get her identity",
	async (...more) => {
		const file = join(folder, `overheard${more.length}`);
		const common = ["-tls1_2", "-servername", "localhost", ...more];
		await ask(beside, "alice", alice, ...common, "-cipher", "PSK-AES128-GCM-SHA256", "-sess_out", file);
		const thief = await sClient(beside, ...common, "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256", "-sess_in", file);
		expect(thief.stdout).toContain("HTTP/1.1 200 OK");
		expect(thief.stdout).toContain('"resumed":false');
		expect(thief.stdout).not.toContain("pskIdentity");
	}
);

describe.each(ways)("C4 %s", (_, parameters, cipher) => {
	test.each([
		["alice", alice],
		["bob", "b0".repeat(32)],
		["carol", "0c"]
	])("C4 %s, with keys alone and beside a certificate", async (identity, key) => {
		for (const port of [alone, beside]) {
			const { stdout } = await ask(port, identity, key, ...parameters);
			expect(stdout).toContain("HTTP/1.1 200 OK");
			expect(stdout).toContain(`"cipher":"${cipher}"`);
			expect(stdout).toContain(`"pskIdentity":"${identity}"`);
			expect(stdout).toContain('"resumed":false');
			expect(stdout).toContain("no peer certificate available");
		}
	});

	test("C4 an unknown identity fails like a wrong key, and the server's error says which it was", async () => {
		const alerts = [];
		for (const [identity, key] of [
			["alice", "ff".repeat(16)],
			["nobody", alice]
		] as const) {
			const { stdout, stderr } = await ask(alone, identity, key, ...parameters);
			alerts.push(/alert [a-z ]+/.exec(stdout + stderr)?.[0]);
		}
		expect(alerts[0]).toMatch(/bad record mac|decrypt error/);
		expect(alerts[1]).toBe(alerts[0]);
		await desk.waitForLine(/(alone refused UNKNOWN_PSK_IDENTITY: [^\n]*\n){2}/);
	});

	test("C4 Z4 keys are added, changed and revoked while connections come and go", async () => {
		expect((await ask(alone, "dave", "0d", ...parameters)).stdout).not.toContain("200 OK");
		expect(await post("add/dave/0d")).toEqual({ size: 4 });
		expect((await ask(alone, "dave", "0d", ...parameters)).stdout).toContain("200 OK");
		expect(await post("add/dave/0e")).toEqual({ size: 4 });
		expect((await ask(alone, "dave", "0d", ...parameters)).stdout).not.toContain("200 OK");
		expect((await ask(alone, "dave", "0e", ...parameters)).stdout).toContain("200 OK");
		expect(await post("revoke/dave")).toEqual({ revoked: true, size: 3 });
		expect((await ask(alone, "dave", "0e", ...parameters)).stdout).not.toContain("200 OK");
		expect(await post("revoke/dave")).toEqual({ revoked: false, size: 3 });
	});
});

test("C4 B6 a session by a pre-shared key is resumed while its identity has that key, whatever others do", async () => {
	const file = join(mkdtempSync(join(tmpdir(), "psk-")), "session");
	const resumed = async () =>
		/"resumed":(\w+),.*"pskIdentity":"frank"/.exec((await sClient(alone, "-tls1_3", "-sess_in", file)).stdout)?.[1];
	await post("add/frank/0f");
	await ask(alone, "frank", "0f", "-tls1_3", "-sess_out", file);
	expect(await resumed()).toBe("true");
	await post("add/erin/0e");
	await post("revoke/erin");
	expect(await resumed()).toBe("true");
	await post("add/frank/0e");
	expect(await resumed()).toBeUndefined();
	await post("add/frank/0f");
	expect(await resumed()).toBe("true");
	await post("revoke/frank");
	expect(await resumed()).toBeUndefined();
	rmSync(dirname(file), { recursive: true });
});

test("C4 openssl and Node receive the hint", async () => {
	const cipher = "PSK-AES128-GCM-SHA256";
	const { stdout } = await ask(hinting, "alice", alice, "-tls1_2", "-cipher", cipher);
	expect(stdout).toContain("HTTP/1.1 200 OK");
	expect(stdout).toContain("PSK identity hint: a name, or b");
	let hint: string | null = null;
	const socket = connect({
		port: hinting,
		ciphers: cipher,
		maxVersion: "TLSv1.2",
		checkServerIdentity: () => undefined,
		pskCallback: told => {
			hint = told;
			return { identity: "alice", psk: Buffer.from(alice, "hex") };
		}
	});
	await once(socket, "secureConnect");
	socket.destroy();
	expect(hint).toBe("a name, or b");
});

test("C4 gnutls-cli connects over TLS 1.3", async () => {
	const priority = "NORMAL:-VERS-ALL:+VERS-TLS1.3:-KX-ALL:+ECDHE-PSK:+DHE-PSK";
	const parameters = ["--pskusername", "alice", "--pskkey", alice, "--priority", priority, "-p", String(alone)];
	const { stdout } = await run("gnutls-cli", [...parameters, "127.0.0.1"], "GET / HTTP/1.0\r\n\r\n");
	expect(stdout).toContain("200 OK");
});

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { curl, sClient } from "../https";
import { identityFolder } from "../identities";

const folder = mkdtempSync(join(tmpdir(), "resume-"));
afterAll(() => rmSync(folder, { recursive: true }));

let desk: ReturnType<typeof startDesk> | undefined;
afterEach(async () => {
	await desk?.stop();
	desk = undefined;
});

type Ports = Record<"first" | "same" | "other" | "never" | "asking", number>;

async function start(config: Record<string, string | number> = {}): Promise<Ports> {
	desk = startDesk({
		main: "build/js/host-tests/programs/server/resume-server.js",
		resources: [identityFolder],
		config
	});
	await desk.waitForLine(/listening on all/);
	return Object.fromEntries(
		[...desk.output.matchAll(/(\w+) on (\d+)/g)].map(([, name, port]) => [name, Number(port)])
	) as Ports;
}

let files = 0;

/** A full handshake; returns the file with its session. */
async function begin(port: number, ...parameters: string[]): Promise<string> {
	const file = join(folder, `session-${files++}`);
	const { stdout } = await sClient(port, ...parameters, "-sess_out", file);
	expect(stdout).toContain('"resumed":false');
	return file;
}

/** Offers that session; the client and the server must agree on what became of it. */
async function resume(port: number, file: string, ...parameters: string[]): Promise<boolean> {
	const { stdout } = await sClient(port, ...parameters, "-sess_in", file);
	const reused = stdout.includes("Reused, ");
	expect(stdout).toContain(`"resumed":${reused}`);
	return reused;
}

const ways = [
	["A4 TLS 1.2 session cache", ["-tls1_2", "-no_ticket"]],
	["B6 TLS 1.2 ticket", ["-tls1_2"]],
	["B6 TLS 1.3 ticket", ["-tls1_3"]]
] as const;

describe.each(ways)("%s", (_, parameters) => {
	test("openssl resumes, on another listener that shares the store too", async () => {
		const ports = await start();
		const file = await begin(ports.first, ...parameters);
		expect(await resume(ports.first, file, ...parameters)).toBe(true);
		expect(await resume(ports.same, file, ...parameters)).toBe(true);
	});

	test("nothing is resumed after a change of identity or of requestCert", async () => {
		const ports = await start();
		const file = await begin(ports.first, ...parameters);
		expect(await resume(ports.other, file, ...parameters)).toBe(false);
		expect(await resume(ports.asking, file, ...parameters)).toBe(false);
	});

	test("nothing is resumed for another name than before (RFC 6066 §3)", async () => {
		const ports = await start();
		const file = await begin(ports.first, ...parameters, "-servername", "localhost");
		expect(await resume(ports.first, file, ...parameters, "-servername", "other.test")).toBe(false);
		expect(await resume(ports.first, file, ...parameters, "-noservername")).toBe(false);
		expect(await resume(ports.first, file, ...parameters, "-servername", "localhost")).toBe(true);
	});

	test("nothing is resumed after its lifetime", async () => {
		const ports = await start({ lifetime: 1 });
		const file = await begin(ports.first, ...parameters);
		await new Promise(resolve => setTimeout(resolve, 1500));
		expect(await resume(ports.first, file, ...parameters)).toBe(false);
	});
});

test("A4 the cache is bounded, drops the session used least recently, and tells its size", async () => {
	const ports = await start({ cacheSize: 2, tickets: 0 });
	const options = ["-tls1_2"];
	const one = await begin(ports.first, ...options);
	const two = await begin(ports.first, ...options);
	expect(await resume(ports.first, one, ...options)).toBe(true);
	await begin(ports.first, ...options);
	expect(await resume(ports.first, two, ...options)).toBe(false);
	const store = JSON.parse((await curl("--tlsv1.3", `https://localhost:${ports.first}/store`)).stdout);
	expect(store.cachedSessions).toBe(2);
	expect(store.cachedBytes).toBeLessThanOrEqual(2 * store.entrySize);
	expect(store.cachedBytes).toBeGreaterThan(2 * store.entrySize * 0.8);
});

test.each(["-tls1_2", "-tls1_3"])(
	"B6 Z7 %s: with imported keys, tickets are accepted after a restart",
	async version => {
		let ports = await start();
		const file = await begin(ports.first, version);
		const keys = (await curl(`https://localhost:${ports.first}/keys`)).stdout;
		expect(keys).toMatch(/^01[0-9a-f]{192}$/);
		await desk?.stop();
		ports = await start({ keys });
		expect(await resume(ports.first, file, version)).toBe(true);
		await desk?.stop();
		ports = await start();
		expect(await resume(ports.first, file, version)).toBe(false);
	}
);

test.each(ways)("%s: with resumption: false no session is given or resumed", async (_, parameters) => {
	const ports = await start();
	const file = await begin(ports.first, ...parameters);
	expect(await resume(ports.never, file, ...parameters)).toBe(false);
	const own = join(folder, `session-${files++}`);
	const { stdout } = await sClient(ports.never, ...parameters, "-sess_out", own);
	expect(stdout).toContain("HTTP/1.1 200 OK");
	expect(stdout).not.toContain("TLS session ticket:");
	if (existsSync(own)) expect(await resume(ports.never, own, ...parameters)).toBe(false);
});

test("B6 no tickets with requestCert, below mbedTLS 4.1", async () => {
	const ports = await start();
	for (const version of ["-tls1_2", "-tls1_3"]) {
		const { stdout } = await sClient(ports.asking, version);
		expect(stdout).toContain("HTTP/1.1 200 OK");
		expect(stdout).not.toContain("TLS session ticket:");
	}
});

test.each(["a0", "00".repeat(97), "01", `01${"00".repeat(96)}`])("B6 %s are not ticket keys", async keys => {
	desk = startDesk({
		main: "build/js/host-tests/programs/server/resume-server.js",
		resources: [identityFolder],
		config: { keys }
	});
	expect((await desk.exit).code).toBe(1);
	expect(desk.output).toContain("These are not exported ticket keys");
});

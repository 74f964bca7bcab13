import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Desk, startDesk } from "../desk";
import { sClient } from "../https";
import { identityFolder } from "../identities";

const folder = mkdtempSync(join(tmpdir(), "suites-"));
let desk: Desk;
const ports: Record<string, number> = {};

beforeAll(async () => {
	desk = startDesk({ main: "build/js/host-tests/programs/server/resume-server.js", resources: [identityFolder] });
	await desk.waitForLine(/listening on all/);
	for (const [, name, port] of desk.output.matchAll(/(\w+) on (\d+)/g)) ports[name as string] = Number(port);
});

afterAll(async () => {
	await desk.stop();
	rmSync(folder, { recursive: true });
});

/** One handshake with these suites by openssl's names; what became of it, as both ends tell. */
async function visit(server: string, more: readonly string[], suites: readonly string[]): Promise<"full" | "resumed"> {
	const option = more[0] === "-tls1_3" ? "-ciphersuites" : "-cipher";
	const { stdout } = await sClient(ports[server] as number, ...more, option, suites.join(":"));
	expect(stdout).toContain("HTTP/1.1 200 OK");
	const isResumed = stdout.includes("Reused, ");
	expect(stdout).toContain(`"resumed":${isResumed}`);
	return isResumed ? "resumed" : "full";
}

const names = {
	"-tls1_2": ["ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"],
	"-tls1_3": ["TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"]
} as const;

describe.each([
	["A4 TLS 1.2 session cache", "-tls1_2", ["-no_ticket"]],
	["B6 TLS 1.2 ticket", "-tls1_2", []],
	["B6 TLS 1.3 ticket", "-tls1_3", []]
] as const)("%s", (_, version, more) => {
	const file = join(folder, `${version}${more.join("")}`);
	const [chacha, aes128, aes256] = names[version];
	const out = [version, ...more, "-sess_out", file];
	const again = [version, ...more, "-sess_in", file];

	test("a client that has changed its suites is not given one that it does not offer", async () => {
		expect(await visit("first", out, [chacha])).toBe("full");
		expect(await visit("first", again, [aes256, aes128])).toBe("full");
		expect(await visit("first", again, [chacha])).toBe("resumed");
	});

	test("a suite that the server prefers to the session's does not make resumption fail", async () => {
		expect(await visit("first", out, [aes256])).toBe("full");
		expect(await visit("first", again, [aes128, aes256])).toMatch(/full|resumed/);
		expect(await visit("first", again, [aes256])).toBe("resumed");
	});

	test("a server that has changed its suites makes a full handshake", async () => {
		expect(await visit("first", out, [aes128])).toBe("full");
		expect(await visit("aes256", again, [aes128, aes256])).toBe("full");
		expect(await visit("first", again, [aes128, aes256])).toBe("resumed");
	});
});

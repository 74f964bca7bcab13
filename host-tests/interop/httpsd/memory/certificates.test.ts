// Z12: a client's certificate may have thousands of names. What handlers read of it has bounds, for XS must hold it: such
// certificates made XS run out of memory, whoever signed them.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startSite } from "./client";

let sitePort: number;
let stop: () => Promise<void>;
const folder = mkdtempSync(join(tmpdir(), "certificates-"));
const key = join(folder, "key.pem");
beforeAll(async () => {
	({ port: sitePort, stop } = await startSite("esp32c3", "features-site"));
	execFileSync("openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key]);
});
afterAll(() => rmSync(folder, { recursive: true }));

function certificate(subject: string, ...more: string[]): string {
	const path = join(folder, "certificate.pem");
	execFileSync("openssl", ["req", "-x509", "-key", key, "-days", "30", "-subj", subject, "-out", path, ...more]);
	return readFileSync(path, "latin1");
}

/** With other bytes in the place of a text; its signature is not looked at. */
function replaceInPEM(pem: string, before: string, after: string): string {
	const der = Buffer.from(pem.replace(/-----.*-----/g, ""), "base64").toString("latin1");
	const base64 = Buffer.from(
		der.replace(before, () => after),
		"latin1"
	).toString("base64");
	return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)?.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const names = (count: number, name = "a") => ["-addext", `subjectAltName=${Array(count).fill(`DNS:${name}`).join()}`];

/** The response to a request of a client with that certificate. */
function ask(
	path: string,
	cert: string,
	port: number = sitePort,
	maxVersion: "TLSv1.2" | "TLSv1.3" = "TLSv1.3"
): Promise<string> {
	return new Promise((resolve, reject) => {
		const options = { port, host: "127.0.0.1", rejectUnauthorized: false, maxVersion, cert, key: readFileSync(key) };
		const socket = connect(options, () => socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`));
		let text = "";
		socket.on("data", bytes => {
			text += bytes;
		});
		socket.on("error", reject).on("close", () => resolve(text));
	});
}

/** What is more than may be read is `undefined`, and no error. */
const unread = /^HTTP\/1.1 200 .*\r\n\r\nnone$/s;
/** A certificate beyond `maxPeerChain` is not there at all. */
const tooLong = /^HTTP\/1.1 500 /;

describe("Z12 certificates of clients in an ESP32-C3's memory", () => {
	test.each([
		["64 names", "/names", "/CN=a", names(64), /^HTTP\/1.1 200 .*DNS:a, DNS:a/s],
		["65 names", "/names", "/CN=a", names(65), unread],
		["2,500 names", "/names", "/CN=a", names(2500), tooLong],
		["64 parts of its subject", "/json", "/OU=a".repeat(64), [], /^HTTP\/1.1 200 .*"OU":\["a","a"/s],
		["250 parts of its subject", "/json", "/OU=a".repeat(250), [], tooLong],
		["65 parts of its subject", "/json", "/OU=a".repeat(65), [], /^HTTP\/1.1 200 (?!.*"OU")/s],
		["64 addresses", "/names", "/CN=a", ["-addext", `subjectAltName=${Array(64).fill("IP:1.2.3.4").join()}`], unread]
	] as const)("%s", async (_, path, subject, more, expected) => {
		const cert = certificate(subject, ...more);
		// Not at once: two of the longest are more than the C heap holds, and one would be refused in its handshake.
		for (let count = 0; count < 3; count++) expect(await ask(path, cert)).toMatch(expected);
	});

	// One made any ESP32-C3 restart whose handlers read names: each character was written as six, three times over.
	test.each([
		["plain", 900, "Q", true],
		["plain", 2500, "Q", false],
		["of no US-ASCII", 900, "\xe9", false],
		["with quotes", 2500, '"', false],
		["of control characters", 100, "\x01", true],
		["of control characters", 2500, "\x01", false],
		["of NULs", 2500, "\0", false]
	])("one name, %s, of %i characters", async (_, length, character, isRead) => {
		const name = "Q".repeat(length);
		const cert = replaceInPEM(
			certificate("/CN=a", "-addext", `subjectAltName=DNS:${name}`),
			name,
			character.repeat(length)
		);
		for (let count = 0; count < 3; count++)
			expect(await ask("/names", cert)).toMatch(isRead ? /^HTTP\/1.1 200 .*DNS:/s : unread);
	});

	// Four such clients held 12 kB so, in no budget; with heads of 2 kB and responses that they did not take XS ran out of memory.
	test("what a handler has read of one is not kept as long as its connection", async () => {
		const cert = certificate("/OU=aaaaaa".repeat(63), ...names(63, "aaaaa"));
		const chunks = async () => JSON.parse((await ask("/figures", cert)).replace(/^.*\r\n\r\n/s, "")).chunks as number;
		const before = await chunks();
		const clients = await Promise.all(
			[0, 1, 2].map(async () => {
				const socket = connect({
					port: sitePort,
					host: "127.0.0.1",
					rejectUnauthorized: false,
					cert,
					key: readFileSync(key)
				});
				await once(socket, "secureConnect");
				socket.write("GET /json HTTP/1.1\r\nHost: a\r\n\r\n");
				await once(socket, "data");
				return socket;
			})
		);
		expect((await chunks()) - before).toBeLessThan(4096);
		for (const client of clients) client.destroy();
	});

	// Each was kept with its session, for a day: seven clients took 53 kB of the C heap, and of a device that had less nobody was let in any more.
	test("those of 7 kB take no more with their sessions than all sessions may", async () => {
		const heap = async () =>
			JSON.parse((await ask("/figures", certificate("/CN=a"))).replace(/^.*\r\n\r\n/s, "")).heap as number;
		const before = await heap();
		const cert = certificate("/CN=a", ...names(150, "a".repeat(45)));
		for (let count = 0; count < 6; count++) expect(await ask("/", cert, sitePort, "TLSv1.2")).toMatch("HTTP/1.1 ");
		expect((await heap()) - before).toBeLessThan(12_000);
	});

	test("nothing is charged once all have left", () => stop());
});

// Four made an ESP32-C3 restart whose application has 44 kB: what handlers have of a certificate was in no budget.
test("Z12 chains that handlers have while they wait are read where there is room for them", async () => {
	const site = await startSite("esp32c3", "memory-site", { kilobytes: 5, requestCert: true, areWaiting: true });
	const cert = certificate("/CN=a", ...names(11, "a".repeat(50)));
	const asked = Array.from({ length: 4 }, () => ask("/certificate", cert.repeat(5), site.port));
	for (const answer of await Promise.all(asked)) expect(answer).toMatch(/^HTTP\/1.1 (200 .*9\d\d 614|503 )/s);
	expect(await ask("/certificate", cert, site.port)).toMatch(/^HTTP\/1.1 200 /);
	await site.stop();
});

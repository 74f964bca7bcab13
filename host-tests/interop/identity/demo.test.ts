// The demo firmware, main.ts: with what it serves, and how clients come to trust it.

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { Agent } from "node:https";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { scaled } from "../../pace";
import { folder, made, openssl } from "../../unit/certs/tool";
import { type Desk, startDesk } from "../desk";
import { run } from "../https";
import { startDevice } from "./desk";
import { visit } from "./visit";

const out = folder();
const at = (name: string) => join(out, name);
const day = 86_400_000;
let demo: Desk;
afterEach(() => demo.stop());

/** Starts the demo, and returns its port once it serves. */
async function start(config: Record<string, string | number>, resources: string[] = []): Promise<number> {
	demo = startDesk({ config: { port: 0, host: "localhost", ...config }, resources });
	return Number((await demo.waitForLine(/Serving https:\S+:(\d+)/))[1]);
}

/** What it says on the console: the fingerprint of its certificate, and of what is to be installed. */
function told() {
	const certificate = [...demo.output.matchAll(/^Certificate SHA-256 (\S+)$/gm)].at(-1)?.[1];
	return { certificate, trusted: /^To trust it, install \/ca.crt if its SHA-256 is (\S+)$/m.exec(demo.output)?.[1] };
}

/** SHA-256 of the first certificate in a text, as openssl computes it. */
function fingerprint(text: string): string {
	writeFileSync(at("seen.pem"), text);
	return openssl("x509", "-in", at("seen.pem"), "-noout", "-fingerprint", "-sha256").trim().split("=")[1] as string;
}

/** Installs /ca.crt as a person would, and lets curl verify the server by it. */
async function expectTrust(port: number): Promise<void> {
	const served = await run("openssl", ["s_client", "-connect", `localhost:${port}`, "-servername", "localhost"]);
	expect(fingerprint(served.stdout)).toBe(told().certificate);
	const url = `https://localhost:${port}`;
	const { stdout: ca } = await run("curl", ["-sSk", `${url}/ca.crt`]);
	expect(fingerprint(ca)).toBe(told().trusted);
	writeFileSync(at("ca.crt"), ca);
	expect(await run("curl", ["-sS", "-o", at("page"), "--cacert", at("ca.crt"), url])).toMatchObject({ status: 0 });
}

test("A6 Z5 with the resources of certs: fingerprints are traced, /ca.crt verifies the server", async () => {
	await made("server", "--out", at("prepared"), "--host", "localhost");
	const port = await start({}, [at("prepared")]);
	await expectTrust(port);
	expect(told().certificate).toBe(fingerprint(readFileSync(at("prepared/server.pem"), "utf8")));
	expect(demo.output).toContain(`Serving https://localhost:${port}`);
});

test("A6 a private key in ca.pem is not served at /ca.crt", async () => {
	await made("server", "--out", at("leak"), "--host", "localhost");
	const [ca, key] = ["leak/ca.pem", "leak/ca.key.pem"].map(name => readFileSync(at(name), "utf8"));
	for (const text of [`${ca}${key}`, `${key}${ca}`]) {
		writeFileSync(at("leak/ca.pem"), text);
		const port = await start({}, [at("leak")]);
		const { stdout } = await run("curl", ["-sSk", `https://localhost:${port}/ca.crt`]);
		expect(stdout).toMatch(/^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n$/);
		await expectTrust(port);
		await demo.stop();
	}
});

test("Z5 another address of the device: the demo's certificate follows", async () => {
	const config = { port: 0, preferences: at("roaming"), addressCheck: 100 };
	const main = "build/js/host-tests/programs/identity/roaming-demo.js";
	demo = startDesk({ main, config, resources: ["dashboard+=build/dashboard"] });
	await demo.waitForLine(/(^Certificate SHA-256 [\s\S]*){2}/m);
	const [, port] = await demo.waitForLine(/Serving https:\S+:(\d+)/);
	expect((await visit(Number(port))).leaf.subjectAltName).toContain("IP Address:192.168.7.7");
});

test("Z5 without resources the demo makes its identity, traces its fingerprints, and has it after a restart", async () => {
	const config = { preferences: at("first/boot") };
	await expectTrust(await start(config));
	const first = told();
	expect(statSync(at("first/boot/tls.identity")).mode & 0o777).toBe(0o600);
	expect((await demo.stop()).code).toBe(0);
	await expectTrust(await start(config));
	expect(told()).toEqual(first);
});

test("Z5 Z4 the demo's certificate is renewed while a connection is open: that goes on, new ones get the new certificate", async () => {
	const config = { store: "preference", preferences: at("due"), name: "localhost" };
	// Made so long ago that it is due three seconds from now, or later where the machine is busy.
	const due = scaled(3000);
	const maker = await startDevice({ ...config, skew: due - 337 * day });
	await maker.stop();
	const port = await start(config);
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const before = await visit(port, "GET", "/", "", agent);
	const isRenewed = async () => {
		const told = /(^Certificate SHA-256 [\s\S]*){2}/m.test(demo.output);
		const still = await visit(port, "GET", "/", "", agent);
		expect([still.from, still.leaf.fingerprint256]).toEqual([before.from, before.leaf.fingerprint256]);
		return told;
	};
	expect(await isRenewed()).toBe(false);
	await until(isRenewed, "another certificate", due + 20_000);
	agent.destroy();
	const { leaf } = await visit(port);
	expect(leaf.fingerprint256).not.toBe(before.leaf.fingerprint256);
	expect(leaf.fingerprint256).toBe(told().certificate);
	expect(leaf.issuer).toBe(before.leaf.issuer);
});

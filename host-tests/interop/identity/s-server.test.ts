// A client whose CA and certificate lie in a flash partition, against OpenSSL's server.

import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { folder, made } from "../../unit/certs/tool";
import { startDesk } from "../desk";
import { freePort } from "../free-port";

const out = folder();
const at = (name: string) => join(out, name);
let server: ChildProcess | undefined;

beforeAll(async () => {
	await made("server", "--out", out, "--host", "localhost");
	await made("client", "--out", out, "--name", "alice");
	await made("flash", "--out", out);
	copyFileSync(at("identity.bin"), at("both.bin"));
	await made("flash", "--out", out, "--ca-for", "server", "--force");
	copyFileSync(at("identity.bin"), at("server-only.bin"));
	await made("server", "--out", at("stranger"), "--host", "localhost");
});
afterEach(() => void server?.kill());

/** Starts `openssl s_server -www`, whose page says who the client is; `says` waits until it has printed that. */
async function serve(from: string, ...more: string[]): Promise<{ port: number; says(words: string): Promise<void> }> {
	const port = await freePort();
	const own = ["-cert", join(from, "server.pem"), "-key", join(from, "server.key.pem"), "-CAfile", at("ca.pem")];
	const child = spawn("openssl", ["s_server", "-accept", `127.0.0.1:${port}`, "-www", ...own, ...more]);
	server = child;
	let log = "";
	const collect = (chunk: Buffer) => {
		log += chunk;
	};
	child.stderr.on("data", collect);
	await new Promise<void>((resolve, reject) => {
		child.stdout.on("data", chunk => {
			collect(chunk);
			if (log.includes("ACCEPT")) resolve();
		});
		child.on("close", () => reject(new Error(log)));
	});
	const says = (words: string) =>
		until(
			() => log.includes(words),
			() => `${words} in:\n${log}`
		);
	return { port, says };
}

async function meet(port: number, config: Record<string, string | boolean>, image = "both.bin"): Promise<string> {
	const main = "build/js/host-tests/programs/identity/credentials-client.js";
	const desk = startDesk({ main, config: { port, ...config }, options: ["--flash", `identity=${at(image)}`] });
	await desk.exit;
	return desk.output;
}

const asking = ["-Verify", "1", "-verify_return_error"];

describe.each(["-tls1_2", "-tls1_3"])("against openssl s_server %s", version => {
	test("E1 E2 with the CA from flash the server is accepted, and has the client's certificate from flash", async () => {
		const { port } = await serve(out, version, ...asking);
		const output = await meet(port, { ca: "image", identity: true });
		expect(output).toContain(`established TLSv${version.slice(4).replace("_", ".")}`);
		expect(output).toMatch(/Subject: CN\s*=\s*alice/);
	});

	test("E1 a server of another CA is refused, with an alert", async () => {
		const { port, says } = await serve(at("stranger"), version);
		expect(await meet(port, { ca: "image" })).toContain("ended CERTIFICATE_UNTRUSTED");
		await says("alert unknown ca");
	});

	test("E2 an identity that was removed is not sent", async () => {
		const { port, says } = await serve(out, version, ...asking);
		expect(await meet(port, { ca: "image", identity: "removed" })).toMatch(/ended \w+/);
		await says("peer did not return a certificate");
	});
});

describe("E1 levels", () => {
	test("E1 both: a CA that is enabled for both ends is that of the client", async () => {
		const { port } = await serve(out);
		expect(await meet(port, { ca: "image", level: "both" })).toContain("established");
	});

	test("E1 server: a CA for the server end alone is not one for the client", async () => {
		expect(await meet(1, { ca: "image", level: "server" })).toContain("Say whom a client trusts");
		const told = /The flash image holds no CA for a client\. Run: node certs\/bin\/certs.mjs flash --ca-for both/;
		expect(await meet(1, { ca: "image" }, "server-only.bin")).toMatch(told);
	});

	test("E1 off: any peer is accepted, which is traced for each end", async () => {
		const { port } = await serve(at("stranger"));
		const output = await meet(port, { ca: "anyone", level: "both" });
		expect(output).toContain("established");
		expect(output).toContain("Credentials: no CA for the client: it takes anyone for the server");
		expect(output).toContain("Credentials: no CA for the server: it takes anyone for a client");
	});
});

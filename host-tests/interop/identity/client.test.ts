import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createServer, type Server, type TlsOptions } from "node:tls";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { folder, made } from "../../unit/certs/tool";
import { startDesk } from "../desk";

const out = folder();
const read = (name: string, from = out) => readFileSync(join(from, name));
let server: Server;

beforeAll(async () => {
	await made("server", "--out", out, "--host", "localhost");
	await made("client", "--out", out, "--name", "alice");
	await made("flash", "--out", out);
	await made("server", "--out", join(out, "stranger"), "--host", "localhost");
});
afterEach(() => new Promise(resolve => server.close(resolve)));

/** What the client says of a Node server whose certificate is out of the folder `from`. */
async function meet(config: Record<string, string | boolean>, options: TlsOptions = {}, from = out): Promise<string> {
	const own = { key: read("server.key.pem", from), cert: read("server.pem", from) };
	server = createServer({ ...own, ca: read("ca.pem"), ...options }, socket => {
		socket.on("error", () => undefined).resume();
		socket.end(`you are ${socket.getPeerCertificate().subject?.CN ?? "nobody"}`);
	});
	server.on("tlsClientError", () => undefined);
	await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const main = "build/js/host-tests/programs/identity/credentials-client.js";
	const desk = startDesk({
		main,
		config: { port, ...config },
		options: ["--flash", `identity=${join(out, "identity.bin")}`]
	});
	await desk.exit;
	return desk.output;
}

describe("E1 the CA of a client", () => {
	test("E1 enabled from flash: a server that it signed is accepted, another is not", async () => {
		expect(await meet({ ca: "image" })).toContain("read you are nobody");
		await new Promise(resolve => server.close(resolve));
		expect(await meet({ ca: "image" }, {}, join(out, "stranger"))).toContain("ended CERTIFICATE_UNTRUSTED");
	});

	test("E1 disabled: any server is accepted, and that is traced", async () => {
		const output = await meet({ ca: "anyone" }, {}, join(out, "stranger"));
		expect(output).toContain("read you are nobody");
		expect(output).toContain("rejectUnauthorized is false, so peers are not who they say they are");
	});

	test("E1 neither: a client without trust is a TypeError", async () => {
		expect(await meet({})).toContain("Say whom a client trusts: enableCA, or disableCA to trust anyone");
	});
});

describe("E2 the identity of a client", () => {
	const asking = { requestCert: true, rejectUnauthorized: true };

	test("E2 enabled from flash: a server that requests it has the client's certificate", async () => {
		expect(await meet({ ca: "image", identity: true }, asking)).toContain("read you are alice");
	});

	test("E2 not enabled: such a server refuses", async () => {
		expect(await meet({ ca: "image" }, asking)).toMatch(/ended (ALERT_RECEIVED|CERTIFICATE_REQUIRED|TRUNCATED)/);
	});
});

import { readFileSync, writeFileSync } from "node:fs";
import { Agent } from "node:https";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { folder, made, openssl } from "../../unit/certs/tool";
import { run } from "../https";
import { type Device, startDevice } from "./desk";
import { visit } from "./visit";

const out = folder();
const at = (name: string) => join(out, name);
const day = 86_400_000;
let device: Device | undefined;
afterEach(async () => {
	await device?.stop();
	device = undefined;
});

async function start(config: Record<string, string | number>): Promise<number> {
	await device?.stop();
	device = await startDevice(config);
	return device.port;
}

const leafOf = async (port: number) => (await visit(port)).leaf;
const post = (port: number, path: string, body = "") => visit(port, "POST", path, body);

/** The CA that was printed at the start. */
function trusted(): string {
	return JSON.parse(/^trust (.*)$/m.exec(device?.output ?? "")?.[1] as string).pem;
}

describe("Z5 the certificate follows the device", () => {
	test("Z5 Z4 another address: new connections get a new certificate, the open one goes on", async () => {
		const port = await start({ store: at("address.bin") });
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const before = await visit(port, "GET", "/", "", agent);
		await visit(port, "POST", "/address/192.168.7.7", "", agent);
		const still = await visit(port, "GET", "/", "", agent);
		expect([still.from, still.leaf.fingerprint256]).toEqual([before.from, before.leaf.fingerprint256]);
		agent.destroy();
		const after = await leafOf(port);
		expect(after.subjectAltName).toContain("IP Address:192.168.7.7");
		expect(after.publicKey.equals(before.leaf.publicKey)).toBe(false);
		writeFileSync(at("ca.pem"), trusted());
		writeFileSync(at("leaf.pem"), after.toString());
		expect(openssl("verify", "-CAfile", at("ca.pem"), "-verify_ip", "192.168.7.7", at("leaf.pem"))).toContain("OK");
		expect((await leafOf(await start({ store: at("address.bin") }))).fingerprint256).toBe(after.fingerprint256);
	});

	test("Z5 another address that is public: the CA stays, and the certificate leaves it out", async () => {
		const port = await start({ store: at("public.bin") });
		const ca = trusted();
		await post(port, "/address/203.0.113.9");
		expect((await leafOf(port)).subjectAltName).not.toContain("203.0.113.9");
		await post(port, "/address/2001:db8::7");
		await post(port, "/address/10.9.8.7");
		expect((await leafOf(port)).subjectAltName).toContain("10.9.8.7");
		expect(device?.output).toContain("may not sign for 203.0.113.9: its certificate leaves it out");
		await start({ store: at("public.bin") });
		expect(trusted()).toBe(ca);
	});

	test("Z5 another name: a new CA too, since the old one may not sign for it", async () => {
		const port = await start({ store: at("name.bin") });
		await post(port, "/name/lamp.example.org");
		expect((await leafOf(port)).subjectAltName).toBe("DNS:lamp.example.org, DNS:lamp.local, IP Address:127.0.0.1");
		const old = trusted();
		await start({ store: at("name.bin"), name: "lamp.example.org" });
		expect(trusted()).not.toBe(old);
	});

	test("Z5 30 days before its end it is renewed, signed by the same CA", async () => {
		const port = await start({ store: at("expiry.bin") });
		const first = await leafOf(port);
		expect((Date.parse(first.validTo) - Date.parse(first.validFrom)) / day).toBe(397);
		await post(port, "/days/336");
		expect((await leafOf(port)).fingerprint256).toBe(first.fingerprint256);
		await post(port, "/days/2");
		const second = await leafOf(port);
		expect(second.fingerprint256).not.toBe(first.fingerprint256);
		expect((Date.parse(second.validTo) - Date.now()) / day).toBeGreaterThan(700);
		expect(second.issuer).toBe(first.issuer);
		await start({ store: at("expiry.bin"), skew: 338 * day });
		expect(device?.output).not.toContain("changed");
		expect((await leafOf(device?.port as number)).fingerprint256).toBe(second.fingerprint256);
	});

	test("Z5 without a clock it is valid until 2049; once the clock is set it is renewed", async () => {
		const port = await start({ store: at("clock.bin"), clock: 5000 });
		const first = await leafOf(port);
		expect([first.validFrom, first.validTo]).toEqual(["Jan  1 00:00:00 2025 GMT", "Dec 31 23:59:59 2049 GMT"]);
		await post(port, `/days/${Math.floor(Date.now() / day)}`);
		const second = await leafOf(port);
		expect((Date.parse(second.validTo) - Date.parse(second.validFrom)) / day).toBe(397);
		expect(second.issuer).toBe(first.issuer);
	});

	test('Z5 signer "self": one self-signed certificate', async () => {
		const port = await start({ store: at("self.bin"), signer: "self" });
		const leaf = await leafOf(port);
		expect([leaf.issuer, leaf.ca, leaf.verify(leaf.publicKey)]).toEqual([leaf.subject, false, true]);
		expect(trusted()).toBe(leaf.toString());
		writeFileSync(at("self.pem"), trusted());
		const url = `https://localhost:${port}/`;
		const outcome = await run("curl", ["-sS", "--cacert", at("self.pem"), url.replace("localhost", "127.0.0.1")]);
		expect(outcome).toMatchObject({ status: 0 });
	});
});

/** The newest request that the device printed, once there are so many. */
async function readRequest(count = 1): Promise<string> {
	await device?.waitForLine(new RegExp(`(^request .*\\n[^]*?){${count}}`, "m"));
	return JSON.parse([...(device?.output ?? "").matchAll(/^request (.*)$/gm)].at(-1)?.[1] as string);
}

describe("Z5 a request for another CA", () => {
	test("Z5 openssl reads it, certs signs it, the device serves and stores the certificate", async () => {
		const port = await start({ store: at("csr.bin"), signer: "other" });
		writeFileSync(at("device.csr.pem"), await readRequest());
		const text = openssl("req", "-in", at("device.csr.pem"), "-noout", "-verify", "-text");
		for (const part of ["CN = device.local", "DNS:device.local, DNS:device, IP Address:127.0.0.1"])
			expect(text).toContain(part);
		await made("ca", "--out", out, "--force");
		await made("csr", "sign", at("device.csr.pem"), "--out", out, "--as", "signed");
		expect((await post(port, "/install", readFileSync(at("signed.pem"), "utf8"))).text).toBe("installed");
		const leaf = await leafOf(port);
		expect(await run("curl", ["-sS", "--cacert", at("ca.pem"), `https://127.0.0.1:${port}/`])).toMatchObject({
			status: 0
		});
		const again = await start({ store: at("csr.bin"), signer: "other" });
		expect((await leafOf(again)).fingerprint256).toBe(leaf.fingerprint256);
		expect(device?.output).not.toContain("request");
	});

	test("Z5 a certificate for another key is refused, and a new name requests a new signature", async () => {
		const port = await start({ store: at("wrong.bin"), signer: "other" });
		await made("ca", "--out", out, "--force");
		await made("server", "--out", out, "--host", "device.local", "--force");
		const wrong = readFileSync(at("server.pem"), "utf8");
		expect((await post(port, "/install", wrong)).text).toMatch(
			/CredentialsError: None of the certificates is for the device's key/
		);
		await post(port, "/name/lamp");
		writeFileSync(at("lamp.csr.pem"), await readRequest(2));
		expect(openssl("req", "-in", at("lamp.csr.pem"), "-noout", "-subject")).toContain("lamp.local");
	});
});

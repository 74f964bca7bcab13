// Signer "other": an answer that is not whole must leave the device's key and certificate as they are.

import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { folder, made, openssl } from "../../unit/certs/tool";
import { type Device, startDevice } from "./desk";
import { visit } from "./visit";

const out = folder();
const at = (name: string) => join(out, name);
const read = (name: string) => readFileSync(at(name), "utf8");
const config = { store: at("device.bin"), signer: "other" };
let device: Device;

/** Signs the device's request anew, with these names and as many more as `more` says, by the CA or another. */
function sign(name: string, names: string, ca = "ca"): string {
	writeFileSync(at("names.ext"), `subjectAltName=${names}\n`);
	const by = ["-CA", at(`${ca}.pem`), "-CAkey", at(`${ca}.key.pem`), "-CAcreateserial", "-days", "90"];
	openssl("x509", "-req", "-in", at("csr.pem"), ...by, "-extfile", at("names.ext"), "-out", at(name));
	return read(name);
}

const all = "DNS:device.local,DNS:device,IP:127.0.0.1";
const many = (count: number) =>
	Array.from({ length: count }, (_, n) => `,DNS:name-${100 + n}.device.example.org`).join("");
const install = async (chain: string) => (await visit(device.port, "POST", "/install", chain)).text;

beforeAll(async () => {
	await made("ca", "--out", out);
	await made("ca", "--out", at("other"));
	writeFileSync(at("other.pem"), read("other/ca.pem"));
	writeFileSync(at("other.key.pem"), read("other/ca.key.pem"));
	device = await startDevice(config);
	const [, request] = await device.waitForLine(/^request (.*)$/m);
	writeFileSync(at("csr.pem"), JSON.parse(request as string));
	await device.stop();
});
afterEach(() => device.stop());

describe("Z5 a certificate that is refused changes nothing, now or after a restart", () => {
	const ca = () => read("ca.pem");
	test.each<[string, () => string, RegExp]>([
		["whose second certificate does not parse", () => sign("l.pem", all) + ca().replace(/\nMII/, "\nAAA"), /damaged/],
		["whose last certificate is cut off", () => sign("l.pem", all) + ca().slice(0, -80), /damaged/],
		[
			"whose second certificate did not sign the first",
			() => sign("l.pem", all) + read("other.pem"),
			/does not lead up/
		],
		[
			"for half of the names",
			() => sign("l.pem", "DNS:device.local"),
			/not for all of device.local, device, 127.0.0.1/
		],
		["that is too long to be sent", () => sign("l.pem", all + many(620)) + ca(), /is too long to be sent/]
	])("Z5 an answer %s", async (_, make, message) => {
		device = await startDevice(config);
		const { leaf } = await visit(device.port);
		expect(await install(make())).toMatch(message);
		expect((await visit(device.port)).leaf.fingerprint256).toBe(leaf.fingerprint256);
		await device.stop();
		device = await startDevice(config);
		expect((await visit(device.port)).leaf.fingerprint256).toBe(leaf.fingerprint256);
	});
});

/** Bytes of two certificates in a message of 17,408. */
const most = 17_390;

/** As many names more as make the longest chain that there may be, with a CA's certificate of `rest` bytes. */
function longest(rest: number): string {
	const few = der(sign("large.pem", all + many(20), "between"));
	for (let count = 21 + Math.floor((most - rest - few) / 29); ; count--) {
		const pem = sign("large.pem", all + many(count), "between");
		if (der(pem) + rest <= most) return pem;
	}
}

const der = (pem: string) => new X509Certificate(pem).raw.length;

/** A CA below that of the house: who trusts a root has it, so it is not sent. */
function makeBetween(): string {
	writeFileSync(at("between.ext"), "basicConstraints=critical,CA:true\nkeyUsage=keyCertSign\n");
	openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", at("between.key.pem"));
	openssl("req", "-new", "-key", at("between.key.pem"), "-subj", "/CN=Between", "-out", at("between.csr"));
	const by = ["-CA", at("ca.pem"), "-CAkey", at("ca.key.pem"), "-CAcreateserial", "-days", "300"];
	openssl("x509", "-req", "-in", at("between.csr"), ...by, "-extfile", at("between.ext"), "-out", at("between.pem"));
	return read("between.pem");
}

test.each(["-tls1_2", "-tls1_3"])("Z5 the longest chain is installed, stored and sent whole: %s", async version => {
	device = await startDevice(config);
	const between = makeBetween();
	const leaf = longest(der(between));
	expect(most - der(leaf) - der(between)).toBeLessThan(80);
	expect(await install(leaf + between)).toBe("installed");
	await device.stop();
	device = await startDevice(config);
	expect((await visit(device.port)).leaf.toString().trim()).toBe(leaf.trim());
	const shown = openssl("s_client", "-connect", `127.0.0.1:${device.port}`, "-showcerts", version);
	expect(shown).toContain(between.trim());
});

test("Z5 Z18 an answer in another order, with the root: it is put in order, and the root is left off", async () => {
	device = await startDevice(config);
	const leaf = sign("ordered.pem", all);
	expect(await install(read("ca.pem") + leaf + leaf)).toBe("installed");
	const shown = openssl("s_client", "-connect", `127.0.0.1:${device.port}`, "-showcerts");
	expect(shown.match(/BEGIN CERTIFICATE/g)?.length).toBe(1);
	expect(shown).toContain(leaf.trim());
});

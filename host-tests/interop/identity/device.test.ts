import { X509Certificate } from "node:crypto";
import { copyFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { available, folder, openssl } from "../../unit/certs/tool";
import { run } from "../https";
import { type Device, startDevice } from "./desk";
import { visit } from "./visit";

const out = folder();
const at = (name: string) => join(out, name);
let device: Device | undefined;
afterEach(async () => {
	await device?.stop();
	device = undefined;
});

async function start(config: Record<string, string | number>): Promise<Device> {
	await device?.stop();
	device = await startDevice(config);
	return device;
}

/** What is printed for the console, and the CA of /ca.crt, which is kept in `ca.pem`. */
async function readTrust({ output, port }: Device): Promise<X509Certificate> {
	const { pem, fingerprint } = JSON.parse(/^trust (.*)$/m.exec(output)?.[1] as string);
	writeFileSync(at("ca.pem"), pem);
	expect(new X509Certificate(pem).fingerprint256).toBe(fingerprint);
	const { status } = await run("curl", ["-sSk", "-o", at("ca.crt"), `https://localhost:${port}/ca.crt`]);
	expect(status).toBe(0);
	const served = new X509Certificate(readFileSync(at("ca.crt")));
	expect(served.fingerprint256).toBe(fingerprint);
	return served;
}

describe("Z5 an identity made at first boot", () => {
	test("Z5 openssl, certtool, Node and curl accept chain and certificate", async () => {
		const { port, output } = await start({ store: at("first.bin") });
		const ca = await readTrust(device as Device);
		const { leaf } = await visit(port);
		writeFileSync(at("leaf.pem"), leaf.toString());
		expect(leaf.fingerprint256).toBe(/^identity (\S+)$/m.exec(output)?.[1]);
		expect(leaf.subjectAltName).toBe("DNS:device.local, DNS:device, IP Address:127.0.0.1");
		expect([leaf.verify(ca.publicKey), ca.verify(ca.publicKey), leaf.ca, ca.ca]).toEqual([true, true, false, true]);
		expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
		const check = ["verify", "-x509_strict", "-CAfile", at("ca.pem"), "-purpose", "sslserver"];
		expect(openssl(...check, "-verify_hostname", "device.local", at("leaf.pem"))).toContain("leaf.pem: OK");
		expect(openssl(...check, "-verify_ip", "127.0.0.1", at("leaf.pem"))).toContain("leaf.pem: OK");
		const text = openssl("x509", "-in", at("ca.pem"), "-noout", "-text");
		for (const part of ["ASN1 OID: prime256v1", "CA:TRUE, pathlen:0", "DNS:device.local", "IP:192.168.0.0/255.255.0.0"])
			expect(text).toContain(part);
		if (available("certtool", "--version", "gnutls-bin")) {
			const judged = await run("certtool", [
				"--verify",
				"--load-ca-certificate",
				at("ca.pem"),
				"--infile",
				at("leaf.pem")
			]);
			expect(judged).toMatchObject({ status: 0, stdout: expect.stringContaining("The certificate is trusted.") });
		}
		const resolve = ["--resolve", `device.local:${port}:127.0.0.1`, "--cacert", at("ca.pem")];
		expect(await run("curl", ["-sS", ...resolve, `https://device.local:${port}/`])).toMatchObject({ status: 0 });
	});

	test("Z5 its CA may not sign for other names", async () => {
		await start({ store: at("constrained.bin") });
		await readTrust(device as Device);
		writeFileSync(at("ca.key.der"), extractKey(readFileSync(at("constrained.bin"))));
		openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", at("x.key"));
		openssl("req", "-new", "-key", at("x.key"), "-subj", "/CN=x", "-out", at("x.csr"));
		const judge = async (name: string) => {
			writeFileSync(at("x.ext"), `subjectAltName=${name}\n`);
			const sign = ["-req", "-in", at("x.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key.der"), "-CAcreateserial"];
			openssl("x509", ...sign, "-extfile", at("x.ext"), "-out", at("x.pem"));
			return run("openssl", ["verify", "-CAfile", at("ca.pem"), at("x.pem")]);
		};
		expect((await judge("DNS:www.bank.example")).stderr).toContain("permitted subtree violation");
		expect((await judge("IP:203.0.113.1")).stderr).toContain("permitted subtree violation");
		expect((await judge("DNS:device.local")).status).toBe(0);
	});

	test("Z5 its CA may sign for servers only, and for no mail address or URI", async () => {
		await start({ store: at("purposes.bin") });
		await readTrust(device as Device);
		writeFileSync(at("ca.key.der"), extractKey(readFileSync(at("purposes.bin"))));
		openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", at("y.key"));
		openssl("req", "-new", "-key", at("y.key"), "-subj", "/CN=y", "-out", at("y.csr"));
		const judge = async (name: string, purpose: string) => {
			writeFileSync(at("y.ext"), `subjectAltName=${name}\n`);
			const sign = ["-req", "-in", at("y.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key.der"), "-CAcreateserial"];
			openssl("x509", ...sign, "-extfile", at("y.ext"), "-out", at("y.pem"));
			return run("openssl", ["verify", "-x509_strict", "-purpose", purpose, "-CAfile", at("ca.pem"), at("y.pem")]);
		};
		expect((await judge("email:someone@bank.example", "any")).stderr).toContain("permitted subtree violation");
		expect((await judge("URI:https://bank.example/", "any")).stderr).toContain("permitted subtree violation");
		for (const purpose of ["smimesign", "sslclient", "timestampsign"])
			expect((await judge("DNS:device.local", purpose)).status).not.toBe(0);
		expect((await judge("DNS:device.local", "sslserver")).status).toBe(0);
	});

	test.each(["flash-file.bin", "preference"])(
		"Z5 it is kept over a reboot, and no other device has it: %s",
		async store => {
			const config = { store: store === "preference" ? store : at(store), preferences: out };
			const first = (await visit((await start(config)).port)).leaf;
			const second = (await visit((await start(config)).port)).leaf;
			expect(second.fingerprint256).toBe(first.fingerprint256);
			const other = (await visit((await start({ store: at(`other-${store}`) })).port)).leaf;
			expect(other.publicKey.equals(first.publicKey)).toBe(false);
			expect(other.serialNumber).not.toBe(first.serialNumber);
		}
	);

	test("Z5 a stored identity that is damaged, at any byte, is made anew", async () => {
		const { leaf } = await visit((await start({ store: at("whole.bin") })).port);
		const size = statSync(at("whole.bin")).size;
		for (const byte of [0, 9, 40, size >> 1, size - 4]) {
			copyFileSync(at("whole.bin"), at("damaged.bin"));
			const data = readFileSync(at("damaged.bin"));
			data[byte] = (data[byte] as number) ^ 0x10;
			writeFileSync(at("damaged.bin"), data);
			const anew = (await visit((await start({ store: at("damaged.bin") })).port)).leaf;
			expect(anew.publicKey.equals(leaf.publicKey)).toBe(false);
		}
	});
});

/** The CA's private key out of what the device keeps: type 3, role 4. */
function extractKey(slot: Buffer): Buffer {
	for (let at = 32; at < slot.length; ) {
		const end = at + 8 + slot.readUInt32LE(at + 4);
		if (slot[at] === 3 && slot[at + 1] === 4) return slot.subarray(at + 8, end);
		at = (end + 3) & ~3;
	}
	throw new Error("there is no key");
}

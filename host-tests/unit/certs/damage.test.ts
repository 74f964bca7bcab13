// Every product, cut short and damaged, is given to every command that reads it.

import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { certs, folder, made, openssl } from "./tool";

const out = folder();
const at = (name: string) => join(out, name);
const step = 29; // prime, so that all columns of base64 and fields of DER have their turn

beforeAll(async () => {
	await made("server", "--out", out, "--host", "localhost");
	await made("client", "--out", out, "--name", "alice");
	await made("psk", "--out", out, "--identity", "device-7");
	await made("flash", "--out", out);
	await made("bundle", at("ca.pem"), "--to", at("bundle.bin"));
	const names = ["-subj", "/CN=x", "-addext", "subjectAltName=DNS:a.local"];
	openssl("req", "-new", "-key", at("server.key.pem"), ...names, "-out", at("x.csr"));
	openssl("req", "-in", at("x.csr"), "-outform", "DER", "-out", at("x.der"));
});

/** Cuts and damaged bytes of the first 2000. */
function* damaged(whole: Buffer): Iterable<Buffer> {
	for (let n = 0; n < Math.min(whole.length, 2000); n += step) {
		yield whole.subarray(0, n);
		for (const byte of [0xff, (whole[n] as number) ^ (1 << (n & 7))]) {
			const copy = Buffer.from(whole);
			copy[n] = byte;
			yield copy;
		}
	}
}

const inspect = (file: string) => ["inspect", file];
const check = (file: string) => ["samples", "check", file];
const bundle = (file: string) => ["bundle", file, "--to", at("other.bin"), "--force"];
const sign = (file: string) => ["csr", "sign", file, "--out", out, "--as", "signed", "--force"];
const issue = () => ["server", "--out", out, "--as", "issued", "--host", "a.local", "--force"];
const flash = () => ["flash", "--out", out, "--force"];

test.each([
	["ca.pem", [inspect, check, bundle, issue, () => ["trust", "--out", out]]],
	["ca.der", [inspect, check, bundle]],
	["ca.key.pem", [inspect, issue]],
	["server.pem", [inspect, flash, () => ["server", "--out", out, "--host", "localhost", "--if-needed"]]],
	["server.der", [inspect, check]],
	["server.key.pem", [check, flash]],
	["server.key.der", [inspect]],
	["psk.txt", [inspect, flash, () => ["psk", "--out", out, "--identity", "device-8", "--force"]]],
	["identity.bin", [inspect, () => ["flash", "--out", out, "--update"]]],
	["bundle.bin", [inspect]],
	["x.csr", [inspect, sign]],
	["x.der", [inspect, sign]]
])("E10 a damaged %s is either taken or refused with advice", async (name, commands) => {
	const whole = readFileSync(at(name));
	const problems = new Set<string>();
	for (const data of damaged(whole)) {
		for (const command of commands) {
			writeFileSync(at(name), data);
			const { status, error } = await certs(...command(at(name)));
			if (status !== 0 && !/^error: (?!\w*Error).+\n[A-Z]/.test(error)) problems.add(error);
		}
	}
	writeFileSync(at(name), whole);
	expect([...problems]).toEqual([]);
});

test("E10 what is no file, or too large for one, is refused", async () => {
	writeFileSync(at("huge.pem"), "");
	truncateSync(at("huge.pem"), 2 ** 33);
	expect((await certs("inspect", at("huge.pem"))).error).toContain("it is larger than 67108864 bytes\nCheck the path");
	expect((await certs("inspect", "/dev/zero")).error).toContain("Cannot read /dev/zero: it is a device\nCheck");
	expect((await certs("inspect", out)).error).toContain("it is a folder\nCheck the path");
	const { error } = await certs("ca", "--out", join(out, "server.pem"));
	expect(error).toMatch(/^error: .*\n[A-Z]/);
	mkdirSync(at("in-the-way/ca.pem"), { recursive: true });
	expect((await certs("ca", "--out", at("in-the-way"), "--force")).error).toContain("Cannot write");
});

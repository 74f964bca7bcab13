import { chmodSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { certs, folder, made, openssl } from "./tool";

const out = folder();
const at = (name: string) => join(out, name);
const keys = ["ca.key.pem", "server.key.pem", "server.key.der"];
const contents = () => keys.map(name => readFileSync(at(name), "latin1"));

beforeAll(async () => {
	await made("server", "--out", out, "--host", "device.local");
	const subject = ["-subj", "/CN=x", "-addext", "subjectAltName=DNS:x.local"];
	openssl("req", "-new", "-key", at("server.key.pem"), ...subject, "-out", at("ca.key.csr"));
	openssl("req", "-new", "-key", at("server.key.pem"), ...subject, "-out", at("CA.csr.pem"));
});

test.each([
	["server", "--host", "a.local", "--as", "ca.key"],
	["server", "--host", "a.local", "--as", "server.key"],
	["server", "--host", "a.local", "--as", "Server.KEY"],
	["server", "--host", "a.local", "--as", "CA"],
	["client", "--name", "alice", "--as", "ca.key"],
	["csr", "sign", at("ca.key.csr")],
	["csr", "sign", at("CA.csr.pem")],
	["csr", "sign", at("CA.csr.pem"), "--as", "server.key"]
])("E10 a certificate is never written over a key: certs %s %s %s %s %s", async (...argv) => {
	const before = contents();
	const { status, error } = await certs(...argv, "--out", out, "--force");
	expect([status, error]).toEqual([1, expect.stringContaining("cannot be the base of the file names\nUse letters")]);
	expect(contents()).toEqual(before);
});

test("E10 --if-needed closes keys that others can read, and says so", async () => {
	for (const name of keys) chmodSync(at(name), 0o644);
	const text = await made("server", "--out", out, "--host", "device.local", "--if-needed");
	for (const name of keys) {
		expect(text).toContain(`Others could read ${at(name)} (mode 644): it is closed to them now, at 600`);
		expect(statSync(at(name)).mode & 0o777).toBe(0o600);
	}
	expect((await made("server", "--out", out, "--host", "device.local", "--if-needed")).split("\n")).toHaveLength(1);
});

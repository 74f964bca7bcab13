import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { DAY } from "../../../certs/lib/base/limits";
import { issueCa, issueLeaf } from "../../../certs/lib/x509/issue";
import { generateKey } from "../../../certs/lib/x509/keys";
import { certs, expiredCa, folder, made, openssl } from "./tool";

const out = folder();
const at = (name: string) => join(out, name);
const end = (name: string) => new X509Certificate(readFileSync(at(name))).validTo;
const server = (...more: string[]) => made("server", "--out", out, "--host", "device.local", ...more);

beforeAll(() => made("ca", "--out", out, "--days", "30"));

test("E10 a leaf does not outlive its CA, and that is said", async () => {
	expect(await server()).toMatch(/The CA is valid until \d{4}-\d\d-\d\d only, and so is what it signs\n/);
	expect(end("server.pem")).toBe(end("ca.pem"));
	expect(await server("--days", "20", "--force")).not.toContain("only, and so");
	openssl("req", "-new", "-key", at("server.key.pem"), "-subj", "/CN=x", "-out", at("x.csr"));
	await made("csr", "sign", at("x.csr"), "--out", out, "--host", "x.local");
	expect(end("x.pem")).toBe(end("ca.pem"));
});

test("E10 --if-needed keeps a leaf that ends with its CA, for another would not live longer", async () => {
	await made("ca", "--out", out, "--days", "2", "--force");
	await server("--force");
	expect(await server("--if-needed")).toContain("nothing to do");
});

test("E10 a CA is not signed with when what is above it has expired", async () => {
	const directory = join(out, "above");
	await made("ca", "--out", directory);
	writeFileSync(join(directory, "ca.pem"), readFileSync(join(directory, "ca.pem"), "latin1") + (await expiredCa()));
	const { error } = await certs("server", "--out", directory, "--host", "device.local");
	expect(error).toContain(`${join(directory, "ca.pem")} expired on`);
});

test.each([
	["expired", -1, "certificate 2: it expired on "],
	["ends earlier", 3, "certificate 2, which has signed certificate 1, ends before it, on "]
])("E10 inspect objects to an issuer in the file that %s", async (_, days, objection) => {
	const span = (after: number) => ({
		notBefore: new Date(Date.now() - 90 * DAY),
		notAfter: new Date(Date.now() + after * DAY)
	});
	const key = await generateKey("ec");
	const ca = await issueCa(key, "Short", span(days));
	const leaf = { commonName: "a.local", names: { hosts: ["a.local"], ips: [] }, purposes: ["server" as const] };
	const request = { ...leaf, publicKey: (await generateKey("ec")).pair.publicKey, validity: span(60) };
	const certificate = await issueLeaf(request, { certificate: ca, key });
	writeFileSync(at("chain.pem"), `${certificate.toString("pem")}\n${ca.toString("pem")}\n`);
	expect((await certs("inspect", at("chain.pem"))).out).toContain(`  ! ${objection}`);
});

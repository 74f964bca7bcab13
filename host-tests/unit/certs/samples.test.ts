import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import list from "../../../certs/known-samples.json";
import { certs, folder, made, openssl } from "./tool";

const out = folder();
const at = (name: string) => join(out, name);

beforeAll(() => made("server", "--out", out, "--host", "device.local"));

/** Puts the server's key on the tool's list for the time of `use`, as if it had been published. */
async function whilePublished(use: () => Promise<void>): Promise<void> {
	const spki =
		openssl("pkey", "-in", at("server.key.pem"), "-pubout", "-outform", "DER", "-out", at("spki")) ||
		readFileSync(at("spki"));
	list.keys.push({ spki: createHash("sha256").update(spki).digest("hex"), what: "Vendor SDK example" });
	try {
		await use();
	} finally {
		list.keys.pop();
	}
}

test("A6 the list holds hashes only, each once", () => {
	const hashes = list.keys.map(({ spki }) => spki);
	expect(hashes.every(hash => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
	expect(new Set(hashes).size).toBe(hashes.length);
});

test("A6 each call makes a key of its own, on no list", async () => {
	await made("server", "--out", out, "--host", "device.local", "--as", "second");
	expect(readFileSync(at("second.key.der")).equals(readFileSync(at("server.key.der")))).toBe(false);
	expect(await made("samples", "check", at("server.pem"), at("second.key.pem"), at("ca.der"))).toContain(
		"not a known sample"
	);
});

test("A6 a published key is refused: as file, in a flash image, in a request, and inspect says so", async () => {
	openssl(
		"req",
		"-new",
		"-key",
		at("server.key.pem"),
		"-subj",
		"/CN=x",
		"-addext",
		"subjectAltName=DNS:x.local",
		"-out",
		at("x.csr")
	);
	await whilePublished(async () => {
		for (const name of ["server.pem", "server.der", "server.key.pem", "server.key.der"]) {
			const { status, error } = await certs("samples", "check", at(name));
			expect([status, error]).toEqual([
				1,
				expect.stringContaining("has a published sample key: Vendor SDK example\nMake one of your own")
			]);
		}
		expect((await certs("flash", "--out", out)).error).toContain("has a published sample key (Vendor SDK example)");
		expect((await certs("csr", "sign", at("x.csr"), "--out", out)).error).toContain("has a published sample key");
		expect((await certs("inspect", at("server.pem"))).out).toContain(
			"! its private key is published (Vendor SDK example)"
		);
	});
});

test("A6 certs samples add keeps the hash that openssl computes, once", async () => {
	copyFileSync(join(__dirname, "../../../certs/known-samples.json"), at("list.json"));
	const add = () => made("samples", "add", at("server.key.pem"), "--what", "Vendor", "--list", at("list.json"));
	expect(await add()).toContain("Added ");
	expect(await add()).toContain("has it already: Vendor");
	openssl("x509", "-in", at("server.pem"), "-noout", "-pubkey", "-out", at("public.pem"));
	openssl("pkey", "-pubin", "-in", at("public.pem"), "-outform", "DER", "-out", at("public.der"));
	const hash = createHash("sha256")
		.update(readFileSync(at("public.der")))
		.digest("hex");
	expect(JSON.parse(readFileSync(at("list.json"), "utf8")).keys.at(-1)).toEqual({ spki: hash, what: "Vendor" });
});

test("A6 no private key is committed", () => {
	const files = execFileSync("git", ["-C", __dirname, "ls-files", "--full-name", ":/"], { encoding: "utf8" }).split(
		"\n"
	);
	expect(files.filter(name => /\.key\.(pem|der)$|\.p12$|(^|\/)prvtkey/.test(name))).toEqual([]);
});

import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { certs, folder, made, openssl } from "./tool";

const root = folder();
let out = "";
let count = 0;
const read = (name: string) => readFileSync(join(out, name), "utf8");
const server = (...more: string[]) => certs("server", "--out", out, "--host", "device.local", ...more);

beforeEach(async () => {
	out = join(root, String(count++));
	await made("server", "--out", out, "--host", "device.local");
});

describe("E10 --if-needed", () => {
	test("E10 keeps a good identity, with one line", async () => {
		const before = read("server.pem");
		const { status, out: text } = await server("--if-needed");
		expect([status, text.split("\n").length, read("server.pem") === before]).toEqual([0, 1, true]);
	});

	test.each<[string, string[], (directory: string) => void]>([
		["it is for other names", ["--ip", "10.0.0.1"], () => undefined],
		["it has another kind of key", ["--key-type", "p-384"], () => undefined],
		["server.key.der is missing", [], directory => rmSync(join(directory, "server.key.der"))],
		[
			"its files do not belong together",
			[],
			directory => copyFileSync(join(directory, "ca.key.pem"), join(directory, "server.key.pem"))
		]
	])("E10 replaces it when %s", async (reason, more, spoil) => {
		spoil(out);
		const { status, out: text } = await server("--if-needed", ...more);
		expect(text).toContain(`Replacing ${join(out, "server.pem")}: ${reason}`);
		expect(status).toBe(0);
		expect((await server("--if-needed", ...more)).out).toContain("nothing to do");
	});

	test("E10 replaces one that is about to expire", async () => {
		await made("server", "--out", out, "--host", "device.local", "--days", "1", "--force");
		expect((await server("--if-needed")).out).toContain("it expires on");
	});

	test("E10 never touches an identity that this CA did not sign", async () => {
		openssl(
			"req",
			"-x509",
			"-newkey",
			"ec",
			"-pkeyopt",
			"ec_paramgen_curve:P-256",
			"-nodes",
			"-subj",
			"/CN=mine",
			"-keyout",
			join(out, "server.key.pem"),
			"-out",
			join(out, "server.pem")
		);
		const before = read("server.key.pem");
		expect((await server("--if-needed")).error).toContain("--if-needed keeps its hands off");
		expect(read("server.key.pem")).toBe(before);
	});

	test.each<[string, (directory: string) => Promise<unknown>]>([
		["the CA was replaced", directory => made("ca", "--out", directory, "--force")],
		["server.pem is empty", async directory => writeFileSync(join(directory, "server.pem"), "")]
	])("E10 says the whole command that replaces an identity when %s", async (_, spoil) => {
		await spoil(out);
		const { error } = await server("--ip", "10.0.0.1", "--if-needed");
		const command = `node certs/bin/certs.mjs server --host device.local --ip 10.0.0.1 --out ${out} --as server --force`;
		expect(error).toContain(`\nTo replace it: ${command}. Or`);
		const [, , ...argv] = command.split(" ");
		await made(...argv);
		expect((await server("--ip", "10.0.0.1", "--if-needed")).out).toContain("nothing to do");
	});

	test("E10 never touches a lone key", async () => {
		for (const name of ["server.pem", "server.der", "server.key.der"]) rmSync(join(out, name));
		writeFileSync(join(out, "server.key.pem"), "precious");
		expect((await server("--if-needed")).status).toBe(1);
		expect([read("server.key.pem"), existsSync(join(out, "server.pem"))]).toEqual(["precious", false]);
	});
});

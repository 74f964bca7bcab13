import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { certs, folder, made } from "./tool";

const root = folder();
let out = "";
let count = 0;
const read = (name: string) => readFileSync(join(out, name), "utf8");
const server = (...more: string[]) => certs("server", "--out", out, "--host", "device.local", ...more);

beforeEach(async () => {
	out = join(root, String(count++));
	await made("server", "--out", out, "--host", "device.local");
});

describe("E10 nothing is overwritten unasked", () => {
	test("E10 a second server is refused, with a line that says what to do", async () => {
		const before = read("server.key.pem");
		const { status, error } = await server();
		expect(status).toBe(1);
		expect(error).toBe(
			`error: ${join(out, "server.pem")} exists and is not overwritten\nAdd --force to replace it, or choose another folder with --out`
		);
		expect(read("server.key.pem")).toBe(before);
	});

	test("E10 --force replaces the server and keeps the CA", async () => {
		const [ca, key] = [read("ca.pem"), read("server.key.pem")];
		expect((await server("--force")).status).toBe(0);
		expect(read("ca.pem")).toBe(ca);
		expect(read("server.key.pem")).not.toBe(key);
	});

	test("E10 a CA is refused, and replaced with --force", async () => {
		const before = read("ca.pem");
		expect((await certs("ca", "--out", out)).error).toContain("exists and is not overwritten");
		expect(read("ca.pem")).toBe(before);
		await made("ca", "--out", out, "--force");
		expect(read("ca.pem")).not.toBe(before);
	});

	test("E10 nothing temporary is left behind", () => {
		expect(readdirSync(out).sort()).toEqual([
			"ca.der",
			"ca.key.pem",
			"ca.pem",
			"server.der",
			"server.key.der",
			"server.key.pem",
			"server.pem"
		]);
	});
});

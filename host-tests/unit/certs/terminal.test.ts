import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { certs, folder, made, openssl } from "./tool";

const launcher = join(__dirname, "../../../certs/bin/certs.mjs");
const out = folder();
const at = (name: string) => join(out, name);
const HOSTILE = "\u001b]0;owned\u0007\u009b2J\u202e";
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

beforeAll(async () => {
	const subject = ["-utf8", "-subj", `/CN=x${HOSTILE}`];
	const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", at("x.key")];
	openssl("req", "-new", ...key, ...subject, "-out", at("x.csr"));
	openssl("req", "-x509", ...key, ...subject, "-addext", "keyUsage=keyCertSign", "-out", at("x.pem"));
	await made("bundle", at("x.pem"), "--to", at("bundle"));
	writeFileSync(at("psk.txt"), `device\u009b2J:${"00".repeat(16)}\n`);
});

test.each(["x.csr", "x.pem", "bundle", "psk.txt"])("E10 what %s says does not steer the terminal", async name => {
	const { status, out: text } = await certs("inspect", at(name));
	expect([status, STEERS.test(text)]).toEqual([0, false]);
	expect(text).toMatch(/\\u\{9b\}2J|\\9B2J|\\C2\\9B/i);
});

test("E10 what arguments say does not steer the terminal when it is printed back", async () => {
	const { error } = await certs("inspect", `none${HOSTILE}`);
	expect(error).toContain("none\\u{1b}]0;owned\\u{7}");
	expect(STEERS.test(error)).toBe(false);
});

test("E10 a reader that stops before the end gets no stack trace", () => {
	const line = `"${process.execPath}" "${launcher}" inspect "${at("bundle")}" "${at("x.pem")}" | true`;
	for (let time = 0; time < 3; time++) {
		const { stderr } = spawnSync("/bin/bash", ["-c", line], { encoding: "utf8" });
		expect(stderr).toBe("");
	}
});

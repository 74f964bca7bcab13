import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { certs, folder, made } from "./tool";

const out = folder();
const bad = join(out, "text.txt");

beforeAll(() => writeFileSync(bad, "neither key nor certificate\n"));

test.each([
	[["server"], "A certificate without a name is refused by every browser\nAdd --host"],
	[["server", "--host", "https://a.local:8443/x"], "not a bare host name\nWrite only the name: --host a.local"],
	[["server", "--host", "10.0.0.1"], "is an address, not a host name\nWrite --ip 10.0.0.1"],
	[["server", "--host", "under_score.local"], "is not a host name\nUse letters"],
	[["server", "--host", "*.local"], "Browsers refuse the wildcard"],
	[["server", "--host", `${"a".repeat(64)}.local`], "is not a host name"],
	[["server", "--ip", "300.1.1.1"], "is not an IP address\nWrite it like"],
	[["server", "--ip", "fe80::1%eth0"], "has a zone\nLeave the zone out: --ip fe80::1"],
	[["server", "--host", "a", "--days", "400"], "more than the 398 that browsers accept\nUse --days 398 or less"],
	[["server", "--host", "a", "--days", "380", "--backdate", "30"], "Use --days 368 or less"],
	[["server", "--host", "a", "--days", "0"], "of no use\nUse --days 1"],
	[["server", "--host", "a", "--days", "-3"], "Give a whole number"],
	[["server", "--host", "a", "--days", "ninety"], "Give a whole number"],
	[["server", "--host", "a", "--years", "2"], "more than the 398"],
	[["server", "--host", "a", "--years", "1", "--days", "9"], "--days and --years are both given\nKeep one"],
	[["server", "--host", "a", "--key-type", "rsa-1024"], "Allowed choices are ec, rsa"],
	[["server", "--host", "a", "--as", "../x"], "cannot be the base of the file names\nUse letters"],
	[["server", "--host", "a", "--out", "/proc/none"], "Cannot make the folder /proc/none"],
	[["ca", "--years", "50"], "A CA cannot be valid for 18250 days\nUse --years 1 to --years 20"],
	[["ca", "--name", ""], "cannot be a CA's name\nUse 1 to 64"],
	[["ca", "--name", "x".repeat(300)], "cannot be a CA's name\nUse 1 to 64"],
	[["client"], "required option '--name <name>' not specified\nRun node certs/bin/certs.mjs client --help"],
	[["client", "--name", "x".repeat(65)], "cannot be a client's name\nUse 1 to 64"],
	[["csr", "sign"], "missing required argument 'file'\nRun node certs/bin/certs.mjs csr sign --help"],
	[["psk", "--identity", "a:b"], "cannot be a PSK identity\nUse 1 to 128"],
	[["psk", "--identity", "a", "--bytes", "8"], "A key of 8 bytes is not possible\nUse --bytes 16"],
	[["psk", "--identity", "a", "--remove"], "a has no key in"],
	[["csr", "sign", "none.csr"], "Cannot read none.csr: no such file"],
	[["csr", "sign", bad], "is not a certificate signing request\nGive a PEM or DER request"],
	[["bundle"], "There is no root to put into the bundle\nAdd certificate files"],
	[["bundle", bad], "is not a certificate that can be read"],
	[["flash"], "There is nothing to pack in"],
	[["flash", "--server", "none"], "There is no "],
	[["flash", "--size", "12k"], "Give a number of bytes"],
	[["flash", "--size", "0xffffe000"], "is more than the flash of any device\nUse --size 0x4000000 or less"],
	[["flash", "--size", "0x40000000"], "is more than the flash of any device\nUse --size 0x4000000 or less"],
	[
		["flash", "--offset", "0x310001"],
		"cannot begin at 0x310001, within a sector\nUse a multiple of 0x1000: --offset 0x310000"
	],
	[["inspect", bad], "is nothing that this tool knows\nGive a certificate"],
	[["trust", "--install", "--remove"], "option '--install' cannot be used with option '--remove'"],
	[["trust"], "Make a CA first: node certs/bin/certs.mjs ca --out"],
	[["samples", "check", bad], "holds neither a certificate nor a key"],
	[["nonsense"], "unknown command 'nonsense'\nRun node certs/bin/certs.mjs --help"],
	[["serve"], "Did you mean server?"]
])("E10 certs %j ends with status 1 and says what to change", async (argv, message) => {
	const takesOut = ["ca", "client", "server", "psk", "csr", "flash", "trust"].includes(argv[0] as string);
	const more = takesOut && !argv.includes("--out") ? ["--out", join(out, "none")] : [];
	const { status, error } = await certs(...argv, ...more);
	expect(error).toContain(message);
	expect(error).not.toMatch(/\n {4}at /);
	expect(status).toBe(1);
});

test("E10 usage begins with examples and ends with status 0", async () => {
	for (const command of [
		[],
		["ca"],
		["server"],
		["client"],
		["psk"],
		["csr"],
		["csr", "sign"],
		["samples"],
		["samples", "check"],
		["samples", "add"],
		["bundle"],
		["flash"],
		["inspect"],
		["trust"]
	]) {
		const { status, out: text } = await certs(...command, "--help");
		expect([status, text.startsWith("Examples:\n  node certs/bin/certs.mjs ")]).toEqual([0, true]);
	}
});

test("E10 a CA that is incomplete or does not match is named", async () => {
	const directory = join(out, "broken");
	await made("ca", "--out", directory);
	await made("ca", "--out", join(directory, "other"));
	copyFileSync(join(directory, "other", "ca.key.pem"), join(directory, "ca.key.pem"));
	const server = () => certs("server", "--out", directory, "--host", "device.local");
	expect((await server()).error).toContain(`is not the key of ${join(directory, "ca.pem")}`);
	rmSync(join(directory, "ca.key.pem"));
	expect((await server()).error).toContain(`There is no ${join(directory, "ca.key.pem")}, so nothing can be signed`);
});

// What the demo firmware, main.ts, does not start with.

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { loadAuthority } from "../../../certs/lib/identity/authority";
import { issueLeaf } from "../../../certs/lib/x509/issue";
import { generateKey } from "../../../certs/lib/x509/keys";
import { folder, made, openssl } from "../../unit/certs/tool";
import { startDesk } from "../desk";
import { root } from "../paths";

const out = folder();
const published = join(root, "build/cache/mbedtls/source/framework/data_files/server5.key");
const day = 86_400_000;

/** A folder of resources that `fill` changes for the worse. */
async function resources(name: string, fill: (at: (file: string) => string) => unknown): Promise<string> {
	const directory = join(out, name);
	await made("server", "--out", directory, "--host", "localhost");
	await fill(file => join(directory, file));
	return directory;
}

async function expectRefusal(directory: string, line: RegExp): Promise<void> {
	const demo = startDesk({ config: { port: 0, preferences: join(out, "preferences") }, resources: [directory] });
	const { code } = await demo.exit;
	expect({ code, lines: demo.output.trim().split("\n") }).toEqual({ code: 1, lines: [expect.stringMatching(line)] });
}

test("A6 the demo refuses a key that is published", async () => {
	const directory = await resources("published", at => {
		copyFileSync(published, at("server.key.pem"));
		openssl("req", "-x509", "-key", published, "-subj", "/CN=localhost", "-days", "9", "-out", at("server.pem"));
	});
	await expectRefusal(
		directory,
		/key is published \(Mbed TLS.*\. Run: node certs\/bin\/certs.mjs server --host localhost --force$/
	);
});

test("A6 the demo refuses a key of another certificate", async () => {
	const directory = await resources("mismatch", async at => {
		await made("server", "--out", at("other"), "--host", "localhost");
		copyFileSync(at("other/server.key.pem"), at("server.key.pem"));
	});
	await expectRefusal(
		directory,
		/key does not belong to.*\. Run: node certs\/bin\/certs.mjs server --host localhost --force$/
	);
});

test("A6 the demo refuses a certificate that has expired", async () => {
	const directory = await resources("expired", async at => {
		const key = await generateKey("ec");
		const validity = { notBefore: new Date(Date.now() - 90 * day), notAfter: new Date(Date.now() - day) };
		const names = { hosts: ["localhost"], ips: [] };
		const terms = { publicKey: key.pair.publicKey, commonName: "localhost", names, purposes: ["server"], validity };
		const leaf = await issueLeaf(terms as Parameters<typeof issueLeaf>[0], await loadAuthority(at(".")));
		writeFileSync(at("server.pem"), leaf.toString("pem"));
		writeFileSync(at("server.key.pem"), key.pem);
	});
	await expectRefusal(
		directory,
		/expired on \d{4}-\d\d-\d\d\. Run: node certs\/bin\/certs.mjs server --host localhost --force$/
	);
});

test.each<[string, Record<string, string | number>, RegExp]>([
	["port abc", { port: "abc" }, /^.*port is "abc": it must be 0 to 65535$/],
	["port 99999", { port: 99999 }, /^.*port is "99999": it must be 0 to 65535$/],
	["port -1", { port: -1 }, /^.*port is "-1": it must be 0 to 65535$/],
	["port 80.5", { port: 80.5 }, /^.*port is "80.5": it must be 0 to 65535$/],
	["no port", { port: "" }, /^.*port is "": it must be 0 to 65535$/],
	["host my_device", { host: "my_device" }, /^.*host is "my_device": it must be a host name/],
	["an empty password", { adminPassword: "" }, /^.*adminPassword is "": it must be no empty text$/]
])("G5 a wrong setting ends the demo in one line: %s", async (_, config, line) => {
	const demo = startDesk({ config: { port: 0, preferences: join(out, "settings"), ...config } });
	const { code } = await demo.exit;
	expect({ code, lines: demo.output.trim().split("\n") }).toEqual({ code: 1, lines: [expect.stringMatching(line)] });
});

test("A6 the demo makes no identity of its own where half of one is among the resources", async () => {
	const directory = join(out, "half");
	mkdirSync(directory);
	copyFileSync(join(out, "expired/server.pem"), join(directory, "server.pem"));
	await expectRefusal(directory, /There is no server\.key\.pem among the resources\. Run "make identity"/);
});

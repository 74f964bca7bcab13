// A chain of a CA that is not the device's, put in the place of Pebble's: it is not taken, the CA is not asked again at once, and
// in the end there is a certificate.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { folder, openssl } from "../../unit/certs/tool";
import { root } from "../paths";
import { device, eachIsBehindProxy, leaf, proxy, start } from "./behind-proxy";

const out = folder();
let stores = 0;
eachIsBehindProxy();

const startNew = (config: Record<string, string | number> = {}) => start(join(out, `${++stores}.bin`), config);
const served = async () => (await leaf())?.fingerprint256;
const orders = () => proxy.asked.filter(path => path === "/order-plz").length;

describe("Z17 a chain that is not the device's is not taken, and a certificate comes after a pause", () => {
	const pem = (name: string) => readFileSync(join(out, name), "utf8");
	const own = (names: string) => {
		const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", join(out, "other.key")];
		const more = ["-subj", "/CN=a", "-addext", `subjectAltName=${names}`, "-out", join(out, "other.pem")];
		openssl("req", "-x509", ...key, "-days", "90", ...more);
		return pem("other.pem");
	};
	/** Signs what the device has asked for, with other names. */
	const forOthers = () => {
		own("DNS:other.example");
		const csr = proxy.contents.find(([path]) => path.startsWith("/finalize-order"))?.[1] as string;
		const { payload } = JSON.parse(csr) as { payload: string };
		const request = JSON.parse(Buffer.from(payload, "base64url").toString()) as { csr: string };
		writeFileSync(join(out, "own.csr"), Buffer.from(request.csr, "base64url"));
		writeFileSync(join(out, "names.ext"), "subjectAltName=DNS:other.example\n");
		const by = ["-CA", join(out, "other.pem"), "-CAkey", join(out, "other.key"), "-CAcreateserial", "-days", "90"];
		const more = ["-extfile", join(out, "names.ext"), "-out", join(out, "own.pem")];
		execFileSync("openssl", ["x509", "-req", "-inform", "DER", "-in", join(out, "own.csr"), ...by, ...more]);
		return pem("own.pem");
	};
	const endless = () => readFileSync(join(root, "build/interop/p256.pem"), "utf8").repeat(5000);
	const tiny = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

	test.each<[string, () => string, string, RegExp]>([
		["of another key", () => own("DNS:device.example"), "CERTIFICATE", /KEY|key/],
		["of other names", forOthers, "CERTIFICATE", /not for all of device.example/],
		["that grows without end", endless, "ANSWER_SIZE", /./],
		["of very many short certificates", () => tiny.repeat(150), "ANSWER_SIZE", /./],
		["that is no certificate", () => tiny, "CERTIFICATE", /./],
		["that is a page", () => "<h1>Welcome</h1>", "ANSWER_INVALID", /./]
	])("Z17 %s", async (_, body, code, message) => {
		proxy.contents.length = 0;
		proxy.answer = path => (path.startsWith("/certZ") ? { status: 200, body: body() } : undefined);
		const before = orders();
		await startNew();
		const failed = await device.whenFailed();
		expect([failed.code, failed.retryIn > 400_000, orders() - before]).toEqual([code, true, 1]);
		expect(failed.message).toMatch(message);
		proxy.answer = () => undefined;
		await device.post("/hours/1");
		await device.whenChanged();
		expect(await served()).toBeDefined();
	});
});

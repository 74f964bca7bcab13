import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "@jest/globals";
import { folder, made, openssl } from "../../unit/certs/tool";
import { run } from "../https";
import { type Device, serveCredentials, startCredentials } from "./desk";

const out = folder();
const at = (name: string) => join(out, name);
let device: Device | undefined;

beforeAll(async () => {
	await made("server", "--out", out, "--host", "localhost", "--ip", "127.0.0.1");
	await made("server", "--out", out, "--host", "localhost", "--as", "rsa", "--key-type", "rsa");
	writeFileSync(
		at("both.pem"),
		readFileSync(at("server.key.pem"), "latin1") + readFileSync(at("server.pem"), "latin1")
	);
	openssl("ec", "-in", at("server.key.pem"), "-out", at("sec1.key.pem"));
	openssl("rsa", "-in", at("rsa.key.pem"), "-traditional", "-outform", "DER", "-out", at("pkcs1.key.der"));
});

afterEach(async () => {
	await device?.stop();
	device = undefined;
});

async function expectServed(config: Record<string, string>, certForm: string, keyForm: string): Promise<void> {
	const served = await serveCredentials(config, out);
	device = served.device;
	expect(served.loaded.server).toEqual([
		expect.objectContaining({ form: certForm, keyForm, subject: "CN=localhost", isAuthority: false })
	]);
	const { status, stderr } = await run("curl", ["-sS", "--cacert", at("ca.pem"), `https://localhost:${device.port}/`]);
	expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

const places = ["string", "buffer", "resource", "file"];

test.each(places)("B3 PEM from a %s is recognized and served", via =>
	expectServed({ via, cert: "server.pem", key: "server.key.pem" }, "PEM", "PEM")
);

test.each(places.slice(1))("B3 DER from a %s is recognized and served", via =>
	expectServed({ via, cert: "rsa.der", key: "rsa.key.der" }, "DER", "DER")
);

test.each([
	["both in one PEM file, key first", "both.pem", "both.pem", "PEM"],
	["a key in SEC 1", "server.pem", "sec1.key.pem", "PEM"],
	["a key in PKCS #1 DER", "rsa.pem", "pkcs1.key.der", "DER"]
])("B3 %s", (_, cert, key, keyForm) => expectServed({ via: "resource", cert, key }, "PEM", keyForm));

test.each([
	["gone.pem", "No such file or directory"],
	["folder.pem", "Is a directory"]
])("B3 a file that cannot be read is reported in one line: %s", async (cert, why) => {
	mkdirSync(at("folder.pem"), { recursive: true });
	const desk = startCredentials({ via: "file", cert, key: "server.key.pem" }, out);
	expect((await desk.exit).code).toBe(1);
	expect(desk.output.trim()).toMatch(new RegExp(`^.*Opening ${at(cert)}: ${why}$`));
});

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { certs, folder, made } from "../../unit/certs/tool";
import { startDesk } from "../desk";
import { run } from "../https";
import { refusal, serveCredentials, startDevice } from "./desk";

const out = folder();
const at = (name: string) => join(out, name);
const flash = (name: string) => ["--flash", `identity=${at(name)}`];

beforeAll(async () => {
	await made("server", "--out", out, "--host", "localhost");
	await made("client", "--out", out, "--name", "alice");
	await made("psk", "--out", out, "--identity", "device-7");
	await made("flash", "--out", out, "--offset", "0x310000");
	copyFileSync(at("identity.bin"), at("before.bin"));
	await made("server", "--out", out, "--host", "localhost", "--force");
	await made("flash", "--out", out, "--update");
	copyFileSync(at("identity.bin"), at("after.bin"));
});

const curl = (port: number, ...more: string[]) =>
	run("curl", ["-sS", "--cacert", at("ca.pem"), ...more, `https://localhost:${port}/`]);
const client = ["--cert", at("client.pem"), "--key", at("client.key.pem")];

test("B3 E2 the server's identity is served from a flash partition, PSKs are read", async () => {
	const { device, loaded } = await serveCredentials({ via: "flash" }, out, ...flash("after.bin"));
	expect(loaded).toMatchObject({
		server: [{ form: "DER", keyForm: "DER", subject: "CN=localhost" }],
		psks: ["device-7"]
	});
	expect((await curl(device.port)).status).toBe(0);
	await device.stop();
});

test("E1 a CA from a flash partition, enabled for the server, decides which clients are accepted", async () => {
	const { device, loaded } = await serveCredentials({ via: "flash", ca: "image" }, out, ...flash("after.bin"));
	expect(loaded.ca).toEqual([expect.objectContaining({ isAuthority: true, form: "DER" })]);
	expect((await curl(device.port)).status).not.toBe(0);
	expect((await curl(device.port, ...client)).status).toBe(0);
	await device.stop();
});

test("E2 a client's identity that the image does not have is refused", async () => {
	await made("server", "--out", join(out, "alone"), "--host", "localhost");
	await made("flash", "--out", join(out, "alone"));
	copyFileSync(join(out, "alone/identity.bin"), at("alone.bin"));
	expect(await refusal({ via: "flash", client: true }, out, ...flash("alone.bin"))).toMatchObject({
		code: "IMAGE_INVALID",
		message: "The flash image holds no client identity. Run: node certs/bin/certs.mjs client --name device"
	});
});

test("E2 a clock that shows less than when the image was made is ignored", async () => {
	const clock = Date.UTC(2025, 1, 1);
	const { device } = await serveCredentials({ via: "flash", clock }, out, ...flash("after.bin"));
	await device.stop();
	const pair = { cert: "server.pem", key: "server.key.pem" };
	expect((await refusal({ ...pair, clock }, out)).code).toBe("CERTIFICATE_NOT_YET_VALID");
});

test("E2 power cut at any byte: the old identity or the new one, nothing else", async () => {
	const desk = startDesk({ main: "build/js/host-tests/programs/identity/flash-cuts.js", resources: [out] });
	expect((await desk.exit).code).toBe(0);
	const told = /transfer (\d+) cuts, 0 bad\nstore (\d+) cuts, 0 bad/.exec(desk.output);
	expect(
		told
			?.slice(1)
			.map(Number)
			.every(cuts => cuts > 1000)
	).toBe(true);
});

test("E2 an image without a valid slot is refused, with the command to run", async () => {
	const torn = readFileSync(at("before.bin")).fill(0xff, 900);
	writeFileSync(at("torn.bin"), torn);
	expect(await refusal({ via: "flash" }, out, ...flash("torn.bin"))).toMatchObject({
		code: "IMAGE_INVALID",
		message: expect.stringContaining("Run: node certs/bin/certs.mjs flash")
	});
});

test("Z5 certs inspect reads the partition in which a device keeps its own identity", async () => {
	writeFileSync(at("own.bin"), Buffer.alloc(0x4000, 0xff));
	const device = await startDevice({ store: "flash" }, ...flash("own.bin"));
	await run("curl", ["-sSk", "-X", "POST", `https://localhost:${device.port}/name/renamed`]);
	await device.stop();
	const { out: text } = await certs("inspect", at("own.bin"));
	expect(text).toMatch(/slot 0: identity 1, older/);
	expect(text).toMatch(/slot 1: identity 2, in force/);
	expect(text).toContain("server: certificate CN=renamed.local");
	expect(text).toMatch(/the device's own CA: CA CN=renamed.local CA [0-9a-f]{8}, valid until 2049-12-31/);
});

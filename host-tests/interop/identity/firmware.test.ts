import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { folder, made } from "../../unit/certs/tool";
import { run } from "../https";
import { root } from "../paths";

const out = folder();
const make = (...parameters: string[]) => run("make", ["-s", "-C", root, ...parameters]);

test("A6 the firmware build goes on with a key of one's own, and stops at a published one", async () => {
	await made("server", "--out", out, "--host", "device.local");
	expect(await make("check-key", `KEY=${join(out, "server.key.pem")}`)).toMatchObject({ status: 0 });
	const { status, stderr } = await make("check-key", "KEY=build/cache/mbedtls/source/framework/data_files/server5.key");
	expect(status).not.toBe(0);
	expect(stderr).toMatch(
		/has a published sample key: Mbed TLS .*\nMake one of your own: node certs\/bin\/certs.mjs server/
	);
});

test("A6 make firmware checks the key that it compiles in before it builds", async () => {
	const { stdout } = await make("-n", "firmware", "PLATFORM=esp32", "IDENTITY=prepared");
	const check = stdout.indexOf("samples check build/identity/server.key.pem");
	expect(check).toBeGreaterThan(0);
	expect(stdout.lastIndexOf("moddable.sh esp32 manifest_prepared.json build/firmware/prepared")).toBeGreaterThan(check);
});

test("A6 make simulator checks the key that it compiles in", async () => {
	const { stdout } = await make("-n", "simulator-build", "MODDABLE=/nowhere");
	expect(stdout).toContain("check-key");
});

test("Z5 the ESP8266, which has no place for a key of its own, gets one prepared", async () => {
	const { stdout } = await make("-n", "firmware", "PLATFORM=esp/nodemcu");
	expect(stdout).toContain("moddable.sh esp/nodemcu manifest_prepared.json");
	expect(stdout).toContain("samples check build/identity/server.key.pem");
	const { status, stderr } = await make("-n", "firmware", "PLATFORM=esp", "IDENTITY=device");
	expect(status).not.toBe(0);
	expect(stderr).toContain("IDENTITY=device needs a place for a key, which PLATFORM=esp has not: IDENTITY=prepared");
});

test("make run without a port takes the default one, and says so", async () => {
	const { stdout } = await make("-n", "run", "PORT=");
	expect(stdout).toContain("https://localhost:8443/");
	expect(stdout).toContain("--config port=8443");
});

test("Z5 make firmware compiles no key in unless it is asked to", async () => {
	const { stdout } = await make("-n", "firmware", "PLATFORM=esp32");
	expect(stdout).toContain("moddable.sh esp32 manifest.json build/firmware/device");
	expect(JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"))).not.toHaveProperty("data");
	expect((await make("-n", "firmware", "IDENTITY=mine")).stderr).toContain("IDENTITY is prepared or device, not mine");
});

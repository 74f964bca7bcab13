// Orders at a Pebble that makes trouble on purpose.

import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { chainOf, type Device, freePorts, startDevice } from "./device";
import { type Pebble, type PebbleOptions, startPebble } from "./pebble";

const out = folder();
let stores = 0;
let device: Device | undefined;
let pebble: Pebble | undefined;
afterEach(async () => {
	await device?.stop();
	await pebble?.stop();
	device = pebble = undefined;
});

interface Started {
	readonly device: Device;
	readonly pebble: Pebble;
}

async function start(ca: PebbleOptions, config: Record<string, string | number> = {}): Promise<Started> {
	const ports = await freePorts();
	pebble = await startPebble({ httpPort: ports.plainPort, tlsPort: ports.port, ...ca });
	const own = { ...ports, store: join(out, `${++stores}.bin`), dnsPort: pebble.zonePort };
	device = await startDevice({ ...own, directory: pebble.directory, ...config });
	return { device, pebble };
}

describe("Z17 Pebble's faults", () => {
	test("Z17 half of the nonces are refused", async () => {
		const { device, pebble } = await start({ environment: { PEBBLE_WFE_NONCEREJECT: "50" } });
		await device.whenChanged();
		expect(pebble.output).toMatch(/nonce/i);
		expect((await chainOf(device.port, "device.example", pebble.root)).length).toBeGreaterThan(1);
	});

	test("Z17 the CA takes its time, and looks more than once", async () => {
		const { device } = await start({ environment: { PEBBLE_VA_NOSLEEP: "0", PEBBLE_VA_SLEEPTIME: "3" } });
		await device.whenChanged();
	});

	test("Z17 a chain of five, for several names, some of which the CA knows already", async () => {
		const names = "device.example,www.device.example,lamp.example";
		const environment = { PEBBLE_CHAIN_LENGTH: "4", PEBBLE_AUTHZREUSE: "100" };
		const { device, pebble } = await start({ environment }, { names });
		await device.whenChanged();
		const chain = await chainOf(device.port, "lamp.example", pebble.root);
		expect(chain.length).toBeGreaterThanOrEqual(5);
		expect(chain[0]?.subjectAltName?.split(", ").sort()).toEqual(
			names
				.split(",")
				.map(name => `DNS:${name}`)
				.sort()
		);
		await device.post("/renew");
		await device.whenChanged(2);
	});

	test("Z17 a wildcard, by DNS alone", async () => {
		const names = "*.device.example,device.example";
		const { device, pebble } = await start({ httpPort: 1, tlsPort: 1 }, { names, challenges: "dns-01" });
		await device.whenChanged();
		const [leaf] = await chainOf(device.port, "any.device.example", pebble.root);
		expect(leaf?.subjectAltName?.split(", ").sort()).toEqual(["DNS:*.device.example", "DNS:device.example"]);
	});

	test("Z17 an account that was made at the CA", async () => {
		const accounts = { "kid-1": "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W" };
		const { device, pebble } = await start({ accounts });
		expect(await device.whenFailed()).toMatchObject({ code: "REFUSED", problem: "externalAccountRequired" });
		await device.stop();
		const config = {
			store: join(out, "eab.bin"),
			directory: pebble.directory,
			kid: "kid-1",
			eabKey: accounts["kid-1"]
		};
		const other = await startDevice({ port: pebble.tlsPort, plainPort: pebble.httpPort, ...config });
		await other.whenChanged();
		await other.stop();
	});
});

describe("Z17 what fails leaves the device as it was", () => {
	test("Z17 the CA finds no proof: it says so, and a restart asks no sooner", async () => {
		const { device, pebble } = await start({ httpPort: 1 });
		const failed = await device.whenFailed();
		expect(failed).toMatchObject({ code: "CHALLENGE_FAILED", problem: "connection" });
		// It may have come late: so once more soon, but not where the device restarts.
		expect(failed.retryIn).toBeLessThan(10_001);
		await device.stop();
		const config = { store: join(out, `${stores}.bin`), directory: pebble.directory };
		const again = await startDevice(config);
		const { renewIn, isBusy } = await again.state();
		expect([isBusy, renewIn > 300_000]).toEqual([false, true]);
		await again.stop();
	});

	test("Z17 a CA that nobody knows is not spoken to", async () => {
		const { device } = await start({}, { ca: "p384.pem" });
		expect(await device.whenFailed()).toMatchObject({ code: "UNREACHABLE" });
		expect((await device.whenFailed()).message).toMatch(/CERTIFICATE_UNTRUSTED|certificate/i);
	});
});

// An order of a device of an ESP32-C3's memory at a CA that forces a fault.
import { join } from "node:path";
import { afterAll, expect } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { type Device, startDevice } from "./device";
import { type Fault, startFaultCA } from "./fault-ca";

const out = folder();
const devices = new Set<Device>();
afterAll(() => Promise.all(Array.from(devices, device => device.stop())));

/** Bytes that must be left of XS's block: an order of a usual chain leaves no less. */
export const room = 15_000;

/** @returns why it failed, what was left of XS's block at the least, and what the CA was asked. */
export async function order(name: string, fault: Fault) {
	const ca = await startFaultCA(fault);
	const config = { store: join(out, name.replaceAll(" ", "-")), directory: ca.directory };
	const device = await startDevice(config, { variant: "device", platform: "esp32c3", with: ["acme"] });
	devices.add(device);
	const failed = await device.whenFailed();
	const [, least = 0] = JSON.parse(/^memory failed: (.*)$/m.exec(device.output)?.[1] as string) as number[];
	// It is alive.
	expect(await device.state()).toMatchObject({ isBusy: false, error: failed.code });
	return { ...failed, least, asked: ca.asked };
}

// An order in the memory of an ESP32-C3, which has no more than that.

import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { chainOf, type Device, freePorts, startDevice } from "./device";
import { type Pebble, startPebble } from "./pebble";

const out = folder();
let device: Device | undefined;
let pebble: Pebble | undefined;
afterEach(async () => {
	await device?.stop();
	await pebble?.stop();
});

const numbers = (step: string, output: string) =>
	JSON.parse(new RegExp(`^memory ${step}: (.*)$`, "m").exec(output)?.[1] as string) as number[];

describe("Z17 in a device's memory", () => {
	test.each(["http-01", "tls-alpn-01"])("Z17 Z12 an order by %s leaves room", async challenges => {
		const ports = await freePorts();
		pebble = await startPebble({ httpPort: ports.plainPort, tlsPort: ports.port });
		const config = { ...ports, store: join(out, challenges), directory: pebble.directory, challenges };
		device = await startDevice(config, { variant: "device", platform: "esp32c3" });
		await device.whenChanged();
		const [before, started, changed] = ["before main", "server started", "changed"].map(step =>
			numbers(step, device?.output ?? "")
		);
		console.log([challenges, "XS free, least; stack; C free, least", before, started, changed].join("\n"));
		expect((await chainOf(ports.port, "device.example", pebble.root)).length).toBeGreaterThan(1);
	});
});

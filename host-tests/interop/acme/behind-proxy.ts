// A Pebble, a proxy before it whose answers tests change, and a device that knows the proxy alone.

import { afterEach, beforeAll } from "@jest/globals";
import { chainOf, type Device, freePorts, startDevice } from "./device";
import { type Pebble, startPebble } from "./pebble";
import { type CAProxy, proxyTo } from "./proxy";

let ports: Awaited<ReturnType<typeof freePorts>>;
export let pebble: Pebble;
export let proxy: CAProxy;
/** The one that was started last. */
export let device: Device;

/** The file has a Pebble and a proxy of its own; after each test the proxy changes nothing, and the device is stopped. */
export function eachIsBehindProxy(): void {
	beforeAll(async () => {
		ports = await freePorts();
		pebble = await startPebble({ httpPort: ports.plainPort, tlsPort: ports.port, validity: 90 * 86_400 });
		proxy = await proxyTo(pebble.port);
	});
	afterEach(async () => {
		proxy.answer = () => undefined;
		await device.stop();
	});
}

export async function start(store: string, config: Record<string, string | number> = {}): Promise<Device> {
	device = await startDevice({ ...ports, store, directory: proxy.directory, ...config });
	return device;
}

/** The certificate that the device serves. */
export const leaf = async () => (await chainOf(ports.port, "device.example", pebble.root))[0];

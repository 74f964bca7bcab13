// A certificate from Pebble by each challenge, ordered by the device.

import { join, relative } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { compiledFolders } from "../../modules.cjs";
import { folder } from "../../unit/certs/tool";
import { desk, makeIdentities } from "../examples/example";
import { lookAtPublicCertificate, title as publicCertificate } from "../examples/public-certificate";
import { root } from "../paths";
import { chainOf, type Device, freePorts, startDevice } from "./device";
import { type Pebble, startPebble } from "./pebble";

const out = folder();
let ports: Awaited<ReturnType<typeof freePorts>>;
let pebble: Pebble;
let device: Device | undefined;
beforeAll(async () => {
	ports = await freePorts();
	pebble = await startPebble({ httpPort: ports.plainPort, tlsPort: ports.port });
});
afterEach(async () => {
	await device?.stop();
	device = undefined;
});

const start = (name: string, config: Record<string, string | number>) =>
	startDevice({ ...ports, store: join(out, name), directory: pebble.directory, dnsPort: pebble.zonePort, ...config });

describe("Z17 an order of the device's own", () => {
	test.each(["http-01", "tls-alpn-01", "dns-01"])(
		"Z17 %s: a chain that leads to the CA's root, kept over a restart",
		async challenges => {
			device = await start(challenges, { challenges, names: `${challenges}.example` });
			await device.whenChanged();
			const [leaf] = await chainOf(ports.port, `${challenges}.example`, pebble.root);
			expect(leaf?.subjectAltName).toBe(`DNS:${challenges}.example`);
			await device.stop();
			device = await start(challenges, { challenges, names: `${challenges}.example` });
			const [same] = await chainOf(ports.port, `${challenges}.example`, pebble.root);
			expect(same?.fingerprint256).toBe(leaf?.fingerprint256);
			expect(device.output).not.toContain("changed");
		}
	);
});

test(publicCertificate, () => {
	makeIdentities();
	return lookAtPublicCertificate(desk);
});

const sdk = process.env.MODDABLE;
const [withSDK, why] = sdk === undefined ? [test.skip, " (skipped: MODDABLE is not set)"] : [test, ""];
withSDK(`Z17 C6 an order over the SDK's own HTTP client${why}`, async () => {
	const folders = {
		"sdk/": relative(root, join(sdk ?? "", "examples/io/tcp")),
		"programs/": "host-tests/desk/programs"
	};
	const modules = { ...compiledFolders(), ...folders, "embedded:network/http/": "host-tests/desk/sdk-names/http" };
	const config = { ...ports, store: join(out, "sdk"), directory: pebble.directory, names: "sdk.example" };
	device = await startDevice(config, { modules, preload: ["programs/sdk-built-ins"] });
	await device.whenChanged();
	expect((await chainOf(ports.port, "sdk.example", pebble.root)).length).toBeGreaterThan(1);
});

// What an example orders from Pebble, a CA for tests.

import { join } from "node:path";
import { expect } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { chainOf, freePorts } from "../acme/device";
import { startPebble } from "../acme/pebble";
import { type Place, portOf } from "./example";

const out = folder();

export const title = "Z17 Z13 example public-certificate: its first order, over the bundle of CAs";

export async function lookAtPublicCertificate({ run, host }: Place): Promise<void> {
	const { plainPort } = await freePorts();
	const ca = await startPebble({ httpPort: plainPort, identity: "build/identity/server" });
	const directory = ca.directory.replace("localhost", host);
	const config = { host: "lamp.example", plainPort, directory, preferences: join(out, "preferences") };
	const device = await run("public-certificate", config);
	await device.waitForLine(/^The certificate is new: /m, 60_000);
	const [leaf] = await chainOf(await portOf(device), "lamp.example", ca.root);
	expect(leaf?.subjectAltName).toBe("DNS:lamp.example");
	await device.stop();
	await ca.stop();
}

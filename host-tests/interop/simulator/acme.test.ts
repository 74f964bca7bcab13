// A certificate from Pebble, ordered by firmware in the SDK's simulator: XS, its sockets, files and HTTP client are all the SDK's.

import { writeFileSync } from "node:fs";
import { Agent } from "node:https";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { showTo } from "../../chromium";
import { folder } from "../../unit/certs/tool";
import { trusting } from "../acme/browser";
import { chainOf, freePorts, running } from "../acme/device";
import { type Pebble, startPebble } from "../acme/pebble";
import { visit } from "../identity/visit";
import { buildFirmware, type Simulator, spawnSimulator, whyNot } from "./simulator";

const out = folder();
const names = "device.localhost";
const build = (config = {}) =>
	buildFirmware("host-tests/simulator-acme/manifest.json", "build/simulator-acme", { names, ...config });
// All but mc/config, which says where the CA is; that is compiled once it is there.
if (whyNot === undefined) build();

const title = "Z17 an order in the simulator";
const [group, name] = whyNot === undefined ? [describe, title] : [describe.skip, `${title} (skipped: ${whyNot})`];
group(name, () => {
	let ports: Awaited<ReturnType<typeof freePorts>>;
	let pebble: Pebble;
	let simulator: Simulator;
	beforeAll(async () => {
		ports = await freePorts();
		pebble = await startPebble({ httpPort: ports.plainPort, tlsPort: ports.port, validity: 90 * 86_400 });
		writeFileSync(join(out, "root.pem"), pebble.root);
	});
	afterEach(() => simulator.stop());
	afterAll(() => pebble.stop());

	const start = async (challenges: string) => {
		// By its address: the SDK's resolver asks a server of the Internet for names.
		const directory = `https://127.0.0.1:${pebble.port}/dir`;
		const application = build({ ...ports, challenges, directory, store: join(out, `${challenges}.bin`) });
		simulator = spawnSimulator(application);
		await simulator.waitFor(/^listening on /m);
	};
	const changed = (count: number) => simulator.waitFor(new RegExp(`(?:^changed .*\\n[^]*?){${count}}`, "m"));
	const leaf = async () => (await chainOf(ports.port, names, pebble.root))[0];

	test("Z17 Z4 by http-01: no connection is lost at a renewal, Chromium shows no warning before or after, a restart keeps it", async () => {
		await start("http-01");
		await changed(1);
		const first = await leaf();
		expect(first?.subjectAltName).toBe(`DNS:${names}`);
		const home = trusting(join(out, "root.pem"), join(out, "chromium"));
		const url = `https://${names}:${ports.port}/`;
		expect(await showTo(home, url)).toContain(first?.fingerprint256);
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const before = await visit(ports.port, "GET", "/peer", "", agent);
		await running(ports.port).post("/renew");
		await changed(2);
		const second = await leaf();
		expect(second?.fingerprint256).not.toBe(first?.fingerprint256);
		expect((await visit(ports.port, "GET", "/peer", "", agent)).text).toBe(before.text);
		agent.destroy();
		expect(await showTo(home, url)).toContain(second?.fingerprint256);
		await simulator.stop();
		await start("http-01");
		expect((await leaf())?.fingerprint256).toBe(second?.fingerprint256);
		expect(simulator.output).not.toContain("changed");
	});

	test("Z17 by tls-alpn-01", async () => {
		await start("tls-alpn-01");
		await changed(1);
		expect((await leaf())?.subjectAltName).toBe(`DNS:${names}`);
	});
});

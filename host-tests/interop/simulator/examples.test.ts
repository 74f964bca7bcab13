// The examples in the SDK's simulator: built as `make example ON=simulator` does, and seen by the same clients as on the desk.
//
// Each is built while this file is loaded; what a test says in mc/config is compiled alone.

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "@jest/globals";
import { clients } from "../examples/clients";
import { type Config, makeIdentities, type Place, portOf, served } from "../examples/example";
import * as firstContact from "../examples/first-contact";
import { pages } from "../examples/pages";
import * as publicCertificate from "../examples/public-certificate";
import { servers } from "../examples/servers";
import { root } from "../paths";
import { buildFirmware, type Simulator, spawnSimulator, whyNot } from "./simulator";

const out = "build/example/simulator";
const preferences = join(root, "build/example/preferences/");

let last: Simulator | undefined;

/** With preferences of its own: the SDK has one file for all that runs in its simulator. */
function build(name: string, config: Config = {}): string {
	const folder = join("build/example/manifests", name);
	const manifest = {
		include: `../../../../examples/${name}/manifest.json`,
		config: { file: { root: join(preferences, name, "/") } }
	};
	mkdirSync(join(root, folder), { recursive: true });
	mkdirSync(join(preferences, name), { recursive: true });
	const path = join(root, folder, "manifest.json");
	// Written once: all that hangs on it would be made anew.
	if (!existsSync(path)) writeFileSync(path, JSON.stringify(manifest));
	return buildFirmware(path, out, { port: 0, ...config });
}

async function run(name: string, config?: Config) {
	await last?.stop();
	const simulator = spawnSimulator(build(name, config));
	last = simulator;
	return Object.create(simulator, { waitForLine: { value: simulator.waitFor } });
}

const simulator: Place = {
	run,
	async start(name, config) {
		const started = await run(name, config);
		return served(started, await portOf(started));
	},
	// The SDK's resolver asks a server of the Internet for names.
	host: "127.0.0.1",
	hasMulticast: false,
	at: Number
};

const all = {
	...servers,
	...pages,
	...clients,
	[firstContact.title]: firstContact.lookAtFirstContact,
	[publicCertificate.title]: publicCertificate.lookAtPublicCertificate
};
if (whyNot === undefined) {
	makeIdentities();
	rmSync(preferences, { recursive: true, force: true });
	for (const name of new Set(Object.keys(all).map(title => /example ([\w-]+)/.exec(title)?.[1] as string))) build(name);
	describe("in the simulator", () => {
		for (const [title, look] of Object.entries(all)) test(title, () => look(simulator));
	});
} else for (const title of Object.keys(all)) test.skip(`${title} (in the simulator; skipped: ${whyNot})`, () => {});

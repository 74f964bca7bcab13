// The examples in the SDK's simulator: built as `make example ON=simulator` does, and seen by the same clients as on the desk.
//
// Each is built while this file is loaded; what a test says in mc/config is compiled alone.

import { describe, test } from "@jest/globals";
import { clients } from "../examples/clients";
import { type Config, makeIdentities, type Place, portOf, served } from "../examples/example";
import { pages } from "../examples/pages";
import { servers } from "../examples/servers";
import { buildFirmware, type Simulator, spawnSimulator, whyNot } from "./simulator";

const out = "build/example/simulator";

let last: Simulator | undefined;
const build = (name: string, config: Config = {}) =>
	buildFirmware(`examples/${name}/manifest.json`, out, { port: 0, ...config });

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

const all = { ...servers, ...pages, ...clients };
if (whyNot === undefined) {
	makeIdentities();
	for (const name of new Set(Object.keys(all).map(title => /example ([\w-]+)/.exec(title)?.[1] as string))) build(name);
	describe("in the simulator", () => {
		for (const [title, look] of Object.entries(all)) test(title, () => look(simulator));
	});
} else for (const title of Object.keys(all)) test.skip(`${title} (in the simulator; skipped: ${whyNot})`, () => {});

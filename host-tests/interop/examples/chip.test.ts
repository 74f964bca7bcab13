// Examples on an emulated ESP32-C3, built as `make example ON=emulator` does, and seen by the same clients as on the desk.
//
// They are built one after the other while this file is loaded, in one place: ESP-IDF and XS are compiled for the first alone.

import { cpSync } from "node:fs";
import { describe, test } from "@jest/globals";
import { build, buildChip, type Firmware, runChip, whyNot } from "../device";
import { freePort } from "../free-port";
import { type Config, makeIdentities, type Place, portOf, served } from "./example";
import { pages } from "./pages";
import { servers } from "./servers";

const out = "build/example/emulator";
const built = "bin/esp32/esp32c3/release";

// What mc/config says is compiled: the same for all that look.
const examples: Record<string, Config> = {
	hello: {},
	"json-api": { origin: "https://app.example", token: "s3cret" },
	upload: {},
	chat: {},
	"live-chart": { interval: 50 },
	"static-site": {},
	"several-names": {},
	// Certificates have dates.
	"mutual-tls": { time: Math.ceil(Date.now() / 1000) },
	"captive-portal": {},
	"own-identity": {}
};

let last: Firmware | undefined;
let forwards: Record<number, number> = {};
/** Whose flash is from this run of tests. */
const begun = new Set<string>();

async function run(name: string) {
	await last?.stop();
	forwards = { [await freePort()]: 443, [await freePort()]: 80 };
	const flags = begun.has(name) ? [] : (["--fresh"] as const);
	begun.add(name);
	const chip = runChip({ firmware: [`${out}/${name}`, "example"], flash: `${out}/${name}.bin`, flags, forwards });
	last = chip;
	return Object.create(chip, { waitForLine: { value: chip.waitFor } });
}

const at = (port: unknown) => Number(Object.keys(forwards).find(from => forwards[Number(from)] === Number(port)));
const chip: Place = {
	run,
	async start(name) {
		const started = await run(name);
		return served(started, at(await portOf(started)));
	},
	// No connection leads out of the emulator.
	host: "",
	hasMulticast: false,
	at
};

const all = Object.entries({ ...servers, ...pages }).filter(([title]) => {
	const [, name = ""] = /example ([\w-]+)/.exec(title) ?? [];
	return name in examples;
});
if (whyNot === undefined) {
	makeIdentities();
	for (const [name, config] of Object.entries(examples)) {
		buildChip(build("node", "host-tests/device/example.mjs", name, out).trim(), out, config);
		cpSync(`${out}/${built}/example`, `${out}/${name}/${built}/example`, { recursive: true });
	}
	describe("on an emulated ESP32-C3", () => {
		for (const [title, look] of all) test(title, () => look(chip));
	});
} else for (const [title] of all) test.skip(`${title} (on an emulated ESP32-C3; skipped: ${whyNot})`, () => {});

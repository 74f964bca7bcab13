// What each part of the modules takes of a device's flash, by what is less where it is left out: node host-tests/flash/parts.mjs
// PLATFORM. Needs MODDABLE.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { totalOf } from "./figures.mjs";
import { link } from "./link.mjs";
import { readLinked } from "./linked.mjs";

const platform = process.argv[2] ?? "esp32/esp32c3";
const out = join("build/flash", platform.replace("/", "-"), "parts");

/** The manifests of modules/without, without their ending. */
const parts = readdirSync("modules/without")
	.filter(name => name.endsWith(".json"))
	.map(name => name.slice(0, -".json".length));

/** Bytes of a server with all modules, but for one part. A firmware is called by the folder of its manifest. */
function bytesWithout(part) {
	const folder = resolve(out, part === undefined ? "everything" : `without-${part}`);
	mkdirSync(folder, { recursive: true });
	const include = ["host-tests/flash/server.json", ...(part === undefined ? [] : [`modules/without/${part}.json`])];
	const manifest = join(folder, "manifest.json");
	writeFileSync(manifest, JSON.stringify({ include: include.map(path => resolve(path)) }));
	return totalOf(readLinked(link(platform, manifest, join(folder, "out"))));
}

const print = (name, bytes) => console.log(name.padEnd(44), String(bytes).padStart(10));

const everything = bytesWithout();
console.log(`${platform}, bytes of flash that TypeScript takes`);
print("a server, all modules", everything);
console.log("less without");
for (const part of parts) print(`  ${part}`, everything - bytesWithout(part));

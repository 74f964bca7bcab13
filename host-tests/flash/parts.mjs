// What each part of the modules takes of a device's flash, by what is less where it is left out: node host-tests/flash/parts.mjs
// PLATFORM. Needs MODDABLE.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundleFirmware } from "../toolchain/bundle/firmware.mjs";
import { totalOf } from "./figures.mjs";
import { link } from "./link.mjs";
import { readLinked } from "./linked.mjs";

const platform = process.argv[2] ?? "esp32/esp32c3";
const out = join("build/flash", platform.replace("/", "-"), "parts");

/** The manifests of modules/without, without their ending. */
const parts = readdirSync("modules/without")
	.filter(name => name.endsWith(".json"))
	.map(name => name.slice(0, -".json".length));

const bytesOf = (manifest, ...folder) => totalOf(readLinked(link(platform, manifest, join(out, ...folder))));

/** Bytes of a server with all modules, but for one part; and bundled. A firmware is called by the folder of its manifest. */
async function bytesWithout(part) {
	const name = part === undefined ? "everything" : `without-${part}`;
	const folder = resolve(out, name);
	mkdirSync(folder, { recursive: true });
	const include = ["host-tests/flash/server.json", ...(part === undefined ? [] : [`modules/without/${part}.json`])];
	const manifest = join(folder, "manifest.json");
	writeFileSync(manifest, JSON.stringify({ include: include.map(path => resolve(path)) }));
	const bundled = await bundleFirmware(platform, manifest, join("build/bundle/parts", name));
	return [bytesOf(manifest, name, "out"), bytesOf(bundled, name, "bundled")];
}

const print = (name, figures) =>
	console.log(name.padEnd(44), figures.map(bytes => String(bytes).padStart(10)).join(""));

const everything = await bytesWithout();
console.log(`${platform}, bytes of flash that TypeScript takes; bundled`);
print("a server, all modules", everything);
console.log("less without");
for (const part of parts) {
	const left = await bytesWithout(part);
	print(
		`  ${part}`,
		everything.map((bytes, at) => bytes - left[at])
	);
}

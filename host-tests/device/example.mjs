// Prepares an example for the emulated chip: node example.mjs NAME OUT writes build/device/example/manifest.json, which is the example's own with
// what stands in for hardware (hardware.json) in the place of the SDK's network, and prints its path. OUT is where it will be built.
//
// All examples are built in one place, under one name: what they have in common, ESP-IDF above all, is compiled once.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const [, , name, out] = process.argv;
const source = join("examples", name);
const folder = "build/device/example";
const path = join(folder, "manifest.json");
const network = "../manifest_example.json";

/** Paths as they are seen from there; names of modules and the SDK's stay. */
const move = (_, value) => {
	if (value === network) return relative(folder, "host-tests/device/hardware.json");
	return typeof value === "string" && value.startsWith(".") ? relative(folder, join(source, value)) : value;
};

const manifest = JSON.parse(readFileSync(join(source, "manifest.json"), "utf8"), move);
const text = JSON.stringify(manifest, null, "\t");
if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
	mkdirSync(folder, { recursive: true });
	writeFileSync(path, text);
	// Of another one there may be a main that is newer than this one's.
	const made = existsSync(out) ? readdirSync(out, { recursive: true }) : [];
	for (const each of made.filter(each => each.endsWith("/release/example/modules")))
		rmSync(join(out, each), { recursive: true });
}
console.log(path);

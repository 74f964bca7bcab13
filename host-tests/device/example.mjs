// Writes the manifest of an example for the emulated chip, build/device/examples/NAME/manifest.json: its own, with what stands in for hardware
// (hardware.json) in the place of the SDK's network. node example.mjs NAME prints its path.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const [, , name] = process.argv;
const source = join("examples", name);
const folder = join("build/device/examples", name);
const network = "../manifest_example.json";

/** Paths as they are seen from there; names of modules and the SDK's stay. */
const move = (_, value) => {
	if (value === network) return relative(folder, "host-tests/device/hardware.json");
	return typeof value === "string" && value.startsWith(".") ? relative(folder, join(source, value)) : value;
};

mkdirSync(folder, { recursive: true });
const manifest = JSON.parse(readFileSync(join(source, "manifest.json"), "utf8"), move);
writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest, null, "\t"));
console.log(join(folder, "manifest.json"));

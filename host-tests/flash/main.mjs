// What a firmware's TypeScript takes of a device's flash: node host-tests/flash/main.mjs PLATFORM. Needs MODDABLE.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { bundleFirmware } from "../toolchain/bundle/firmware.mjs";
import { foldersOf, modulesOf, partsOf, totalOf } from "./figures.mjs";
import { link } from "./link.mjs";
import { readLinked } from "./linked.mjs";

const platform = process.argv[2] ?? "esp32/esp32c3";
/** Firmware by the name of its column. */
const firmware = {
	nothing: "host-tests/flash/nothing.json",
	"server alone": "host-tests/flash/server_alone.json",
	"server, all": "host-tests/flash/server.json",
	"ACME beside": "host-tests/flash/server_acme.json",
	demo: "manifest.json"
};

const compiled = { tls: objectsOf("tls"), identity: objectsOf("identity") };
// It takes minutes to link all, so this is looked at first.
const missing = Object.values(compiled)
	.flat()
	.find(object => !existsSync(object));
if (missing !== undefined) {
	console.error(`There is no ${missing}: make cross-compile`);
	process.exit(1);
}

const print = (name, cells) => console.log(name.padEnd(44), cells.map(cell => String(cell).padStart(13)).join(""));

function printParts(all) {
	print("", Object.keys(all));
	const parts = Object.values(all).map(partsOf);
	Object.keys(parts[0]).forEach((_, at) => {
		const [name] = Object.keys(parts[0])[at].split(" (");
		print(
			name,
			parts.map(each => Object.values(each)[at])
		);
	});
	const totals = Object.values(all).map(totalOf);
	print("all of it", totals);
	print(
		"beyond nothing",
		totals.map(total => total - totals[0])
	);
	print(
		"names, number",
		Object.values(all).map(({ names }) => names.count)
	);
	print(
		"aliases, number (4 bytes of RAM each)",
		Object.values(all).map(({ aliases }) => aliases)
	);
}

const columns = ["total", "slots", "code", "strings", "functions", "captured"];
const printRows = rows => {
	for (const [name, row] of rows)
		print(
			name,
			columns.map(column => row[column])
		);
};

/** The C of a module, compiled for rv32imc. */
function objectsOf(name) {
	const sources = readdirSync(join("modules", name), { recursive: true }).filter(path => path.endsWith(".c"));
	return sources.map(path => join("build/cross", `${basename(path, ".c")}.o`));
}

/** Bytes of code that the C has, before the linker leaves out what nothing calls. */
function printC() {
	for (const [name, objects] of Object.entries(compiled)) {
		const last = execFileSync("riscv64-unknown-elf-size", ["-t", ...objects], { encoding: "utf8" })
			.trim()
			.split("\n")
			.at(-1);
		print(`C of modules/${name}, rv32imc, at most`, [Number(last.trim().split(/\s+/)[0])]);
	}
}

const linked = (manifest, ...folder) =>
	readLinked(link(platform, manifest, join("build/flash", platform.replace("/", "-"), ...folder)));

/** All firmware, linked from single modules and bundled. */
const [all, bundled] = [{}, {}];
for (const [name, manifest] of Object.entries(firmware)) {
	const folder = name.replace(/\W+/g, "-");
	all[name] = linked(manifest, folder);
	const made = await bundleFirmware(platform, manifest, join("build/bundle/flash", folder));
	bundled[name] = linked(made, "bundled", folder);
}

console.log(`${platform}, bytes of flash`);
printParts(all);
console.log("\nbundled (BUNDLE=yes)");
printParts(bundled);
console.log();
printC();
for (const name of ["server alone", "demo", "ACME beside"]) {
	const modules = modulesOf(all[name]);
	console.log();
	print(`${name}, by module`, columns);
	printRows(foldersOf(modules));
	console.log();
	printRows(modules);
}

// What the image of a firmware for an ESP32 is made of: node host-tests/flash/image.mjs FOLDER, where xs_esp32.bin and xs_esp32.map are.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const [folder] = process.argv.slice(2);
const print = (name, bytes) => console.log(name.padEnd(44), String(bytes).padStart(10));

/** Header of an image, and of each of its segments, in bytes. */
const headers = { image: 24, segment: 8 };

/** By the start of their addresses; esptool fills up with segments that go nowhere. */
const kinds = { 0: "padding", 60: "constants in flash", 66: "code in flash", 63: "data in RAM", 64: "code in RAM" };

function* segmentsOf(image) {
	let at = headers.image;
	for (let left = image[1]; left > 0; left--) {
		const length = image.readUInt32LE(at + 4);
		yield [kinds[image[at + 3]] ?? "other", length];
		at += headers.segment + length;
	}
}

/** Sections that are in the image. */
const sections = /^\.(flash\.(text|rodata|appdesc)|iram0\.(text|vectors|data)|dram0\.data)$/;
const ours = new Set(
	readdirSync("modules", { recursive: true })
		.filter(path => path.endsWith(".c"))
		.map(path => basename(path))
);

const libraries = {
	"mbedTLS and PSA": /^lib(tfpsacrypto|mbed\w*|everest|p256m)\.a$/,
	lwIP: /^liblwip\.a$/,
	"C library": /^lib(c|m|gcc|stdc\+\+)\.a$/
};

function ownerOf(archive, object) {
	const source = object.replace(/\.o(bj)?$/, "");
	if (archive.startsWith("xs_")) {
		if (source === "mc.xs.c") return "TypeScript";
		if (ours.has(source)) return "C of these modules";
		return /^(xs|[esk]_)/.test(source) ? "XS" : "C of the SDK's modules";
	}
	const found = Object.entries(libraries).find(([, name]) => name.test(archive));
	return found?.[0] ?? "the rest of ESP-IDF";
}

const contribution = /^ (?:\.\S+|COMMON)?\s*0x[0-9a-f]+\s+(0x[0-9a-f]+)\s+\S*?([^/\s]+\.a)\(([^)]+)\)$/;

/** Bytes by owner and by object. The linker breaks a line behind a long name. */
function readMap(text) {
	const [owners, objects] = [new Map(), new Map()];
	const add = (map, name, bytes) => map.set(name, (map.get(name) ?? 0) + bytes);
	let isIn = false;
	for (const line of text.slice(text.indexOf("Linker script and memory map")).split("\n")) {
		const section = /^(\.[\w.]+)/.exec(line);
		if (section) isIn = sections.test(section[1]);
		const found = isIn && contribution.exec(line);
		if (!found) continue;
		const [, size, archive, object] = found;
		add(owners, ownerOf(archive, object), Number(size));
		add(objects, `${archive}(${object})`, Number(size));
	}
	return { owners, objects };
}

const largestFirst = map => [...map].sort(([, a], [, b]) => b - a);

const image = readFileSync(join(folder, "xs_esp32.bin"));
print("the image", image.length);
for (const [kind, bytes] of segmentsOf(image)) print(`  ${kind}`, bytes);
const { owners, objects } = readMap(readFileSync(join(folder, "xs_esp32.map"), "latin1"));
print(
	"what was linked",
	[...owners.values()].reduce((total, bytes) => total + bytes, 0)
);
for (const [name, bytes] of largestFirst(owners)) print(`  ${name}`, bytes);
console.log("the largest objects");
for (const [name, bytes] of largestFirst(objects).slice(0, 40)) print(`  ${name}`, bytes);

// The flash of an emulated chip: a file with what `idf.py flash` would write.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const size = 4 << 20;
const erased = 0xff;
/** Where the bootloader of an ESP32-C3 looks; the SDK's partitions.csv says the rest. */
const places = { "bootloader.bin": 0, "partition-table.bin": 0x8000, "xs_esp32.bin": 0x10000 };
/** The partition that preferences are kept in. */
const preferences = { start: 0x9000, end: 0xf000 };

/** Writes the file; preferences of an earlier one stay unless `fresh`. */
export function writeFlash(file, folder, fresh) {
	const flash = Buffer.alloc(size, erased);
	if (!fresh && existsSync(file)) {
		const { start, end } = preferences;
		readFileSync(file).copy(flash, start, start, end);
	}
	for (const [name, place] of Object.entries(places)) readFileSync(join(folder, name)).copy(flash, place);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, flash);
}

/** The chip's fuses, of which the bootloader wants the revision to be 0.3. */
export function writeFuses(file) {
	const fuses = Buffer.alloc(1024);
	fuses[38] = 3 << 2;
	writeFileSync(file, fuses);
}

// Runs firmware on an emulated ESP32-C3 until a signal comes; what it traces goes to stdout.
//
// run.mjs --firmware FOLDER [--flash FILE] [--fresh | --kept] --forward HOST_PORTS:PORT...
// --flash: where its flash is kept, FOLDER/flash.bin if not said; --fresh: without the preferences of an earlier run; --kept: as that run
// has left all of it, with the firmware that it was updated to.
// Processes run for 8 ns of the chip's time an instruction, as 125 MHz would.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeFlash, writeFuses } from "./flash.mjs";
import { portsOf } from "./ports.mjs";

const { values: options } = parseArgs({
	options: {
		firmware: { type: "string" },
		flash: { type: "string" },
		fresh: { type: "boolean", default: false },
		kept: { type: "boolean", default: false },
		forward: { type: "string", multiple: true, default: [] }
	}
});
const flash = options.flash ?? join(options.firmware, "flash.bin");
const fuses = `${flash}.efuse`;
if (!options.kept || !existsSync(flash)) writeFlash(flash, options.firmware, options.fresh);
writeFuses(fuses);

const forwards = options.forward.flatMap(pair => {
	const [from, to] = pair.split(":");
	return portsOf(from).map(port => `hostfwd=tcp:127.0.0.1:${port}-:${to}`);
});
// Before there is an emulator: where the machine is busy, it prints something before this goes on.
let emulator;
let isOver = false;
for (const signal of ["SIGINT", "SIGTERM"])
	process.on(signal, () => {
		isOver = true;
		emulator?.kill("SIGTERM");
	});
emulator = spawn(
	"qemu-system-riscv32",
	[
		...["-machine", "esp32c3", "-display", "none", "-monitor", "none", "-serial", "stdio"],
		...["-icount", "shift=3,sleep=on"],
		...["-drive", `file=${flash},if=mtd,format=raw`],
		...["-drive", `file=${fuses},if=none,format=raw,id=efuse`],
		...["-global", "driver=nvram.esp32c3.efuse,property=drive,value=efuse"],
		...["-global", "driver=timer.esp32c3.timg,property=wdt_disable,value=true"],
		...["-nic", ["user", "model=open_eth", "restrict=on", ...forwards].join(",")]
	],
	{ stdio: ["pipe", "inherit", "inherit"] }
);
emulator.on("error", error => {
	console.error(`emulator: ${error.message}`);
	process.exitCode = 1;
});
emulator.on("close", status => {
	// Negative where it could not be started.
	process.exitCode = isOver ? 0 : status === null || status < 0 ? 1 : status;
});

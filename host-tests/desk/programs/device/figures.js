// Prints what a device's memory has, alone and, with `load`, when that module has been loaded.

import { gc, memory } from "desk";
import config from "mc/config";

function print() {
	// What asking costs for the first time is not counted.
	memory();
	gc();
	trace(`${JSON.stringify(memory().device)}\n`);
}

print();
if (config.load !== undefined) {
	await import(config.load);
	print();
}

// Runs the module that `main` names, and prints what a device's memory has before and then whenever it has changed.

import { memory } from "desk";
import config from "mc/config";
import Timer from "timer";

let last = "";
function print(step) {
	const { block, slots, chunks, stack, heap } = memory().device;
	const shares = [slots.used, chunks.used, stack.deepest];
	const figures = JSON.stringify([block.free, ...shares, heap.free, heap.lowestFree]);
	if (figures !== last) trace(`${step}: ${figures}\n`);
	last = figures;
}

print("before main.ts");
const main = await import(config.main);
print("server started");
const timer = Timer.repeat(() => print("then"), 200);

export function stop() {
	Timer.clear(timer);
	return main.stop();
}

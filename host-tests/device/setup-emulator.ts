// Runs before main: what a release build traces goes to the serial port, the clock is set where mc/config has a `time`, and the network is
// joined.

import config from "mc/config";
import Net from "net";
import Time from "time";
import Timer from "timer";
import { join, print } from "../device/chip";

/** Milliseconds between looks. */
const interval = 50;

function tell(...values: unknown[]): void {
	for (const value of values) print(String(value));
}

export default function (done: () => void): void {
	Object.assign(globalThis, {
		trace: tell,
		abort: (reason: string, exception: unknown) =>
			tell(`aborted: ${reason}: ${exception instanceof Error ? exception.stack : exception}\n`)
	});
	// Nothing else sets the clock: seconds since 1970.
	if (config.time !== undefined) Time.set(Number(config.time));
	join();
	const watch = Timer.repeat(() => {
		const address = Net.get("IP");
		if (!address) return;
		Timer.clear(watch);
		tell(`address ${address}\n`);
		done();
	}, interval);
}

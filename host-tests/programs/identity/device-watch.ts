// The watch over a device's certificate: its timers are held and fired here, its clock is turned. Prints what came of it.

import DeviceIdentity, { type DeviceIdentityOptions, type Signer } from "identity/device-identity";
import Timer from "timer";

const day = 86_400_000;
const timers = new Map<Timer, () => void>();
let writes = 0;
let kept: ArrayBuffer | undefined;
let now = Date.UTC(2026, 5, 1);

const faked = Timer as unknown as { set: typeof Timer.set; clear: typeof Timer.clear };
faked.set = callback => {
	const timer = {} as Timer;
	timers.set(timer, () => callback(timer));
	return timer;
};
faked.clear = timer => void timers.delete(timer as Timer);

const store = {
	read: () => kept,
	write(value: ArrayBuffer) {
		kept = value;
		writes++;
	}
};

function fire(): void {
	const [[timer, callback] = []] = timers;
	timers.delete(timer as Timer);
	callback?.();
}

function make(options: Partial<DeviceIdentityOptions> = {}): DeviceIdentity {
	return new DeviceIdentity({ store, name: "device", now: () => now, ...options });
}

function throwOnChange(): unknown {
	let calls = 0;
	const identity = make();
	identity.onChange = () => {
		if (++calls === 1) throw new Error("not now");
	};
	now += 340 * day;
	fire();
	const afterThrow = { calls, timers: timers.size };
	fire();
	const afterRetry = { calls, timers: timers.size };
	fire();
	identity.close();
	return { afterThrow, afterRetry, calls, left: timers.size };
}

function throwOnRequest(): unknown {
	kept = undefined;
	try {
		make({
			signer: "other",
			onRequest: () => {
				throw new Error("nobody there");
			}
		});
		return "made";
	} catch (error) {
		return { error: String(error), timers: timers.size };
	}
}

/** Writes to the store in a year of hourly looks, from `start` on, and what the certificate says. */
function live(start: number): unknown {
	kept = undefined;
	now = start;
	const identity = make();
	const ca = identity.trustedFingerprint;
	writes = 0;
	for (let look = 0; look < 300; look++, now += day) fire();
	const days = (identity.notAfter - now) / day;
	identity.close();
	return { writes, valid: days > 30 && days < 368, ca: ca === identity.trustedFingerprint };
}

function correct(): unknown {
	kept = undefined;
	now = Date.UTC(2033, 1, 1);
	const identity = make();
	now = Date.UTC(2026, 5, 1);
	fire();
	const year = new Date(identity.notAfter).getUTCFullYear();
	identity.close();
	return year;
}

function refuse(): string {
	try {
		make({ signer: "Self" as Signer });
		return "taken";
	} catch (error) {
		return String(error);
	}
}

const starts = { now: Date.UTC(2026, 5, 1), end: Date.UTC(2049, 11, 1), later: Date.UTC(2061, 0, 1), never: 9e15 };
trace(`change ${JSON.stringify(throwOnChange())}\n`);
trace(`request ${JSON.stringify(throwOnRequest())}\n`);
for (const [name, start] of Object.entries(starts)) trace(`${name} ${JSON.stringify(live(start))}\n`);
trace(`corrected ${correct()}\n`);
trace(`signer ${refuse()}\n`);

// How much longer work takes just now than on an idle machine. Only deadlines ask: they may come later on a busy machine,
// and no test is passed or failed by what is measured here.

/** Long enough that a busy machine gives the processor to others meanwhile. */
const STEPS = 10_000_000;
/** Milliseconds that they take on an idle core of the machine on which the deadlines of the tests were chosen. */
const IDLE = 20;
/** Milliseconds for which a measurement holds. */
const FRESH = 500;

let measured = { at: Number.NEGATIVE_INFINITY, pace: 1, result: 0 };

// In jest to find `Math` takes longer than all the rest.
const { imul } = Math;

function work(): number {
	let mixed = 1;
	for (let step = 0; step < STEPS; step++) mixed = (imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) + step) | 0;
	return mixed;
}

/** At least 1; 5 says that work takes five times as long as on an idle machine. */
export function pace(): number {
	if (performance.now() - measured.at > FRESH) {
		const started = performance.now();
		const result = work();
		const ended = performance.now();
		measured = { at: ended, pace: Math.max(1, (ended - started) / IDLE), result };
	}
	return measured.pace;
}

/** Milliseconds, a whole number, in which this machine does just now what an idle one does in `milliseconds`. */
export function scaled(milliseconds: number): number {
	return Math.ceil(milliseconds * pace());
}

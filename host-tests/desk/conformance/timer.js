import Time from "time";
import Timer from "timer";
import { check, equal, promise, run, sleep, throws } from "./harness";

check("timers fire in the order of their time, then of their making", async () => {
	let log, made;
	do {
		const now = [];
		const start = Time.ticks;
		Timer.set(() => now.push("300"), 300);
		Timer.set(() => now.push("100a"), 100);
		Timer.set(() => now.push("0"));
		Timer.set(() => now.push("100b"), 100);
		log = now;
		made = Time.delta(start);
		await sleep(320);
		// Where making them takes longer than lies between them, another order is right.
	} while (made > 100);
	equal(log.join(), "0,100a,100b,300", "the order");
});

check("a timer is never early, and gets itself as argument", async () => {
	const start = Time.ticks;
	const fired = promise();
	const timer = Timer.set(fired.resolve, 15);
	equal(await fired.done, timer, "the argument");
	const elapsed = Time.delta(start);
	if (elapsed < 15) throw new Error(`it fired after ${elapsed} ms`);
});

check("promise jobs run between two timers that are due together", async () => {
	const log = [];
	Timer.set(() => Promise.resolve().then(() => log.push("job")), 1);
	Timer.set(() => log.push("second"), 1);
	Timer.delay(3);
	await sleep(5);
	equal(log.join(), "job,second", "the order");
});

check("clear() before it fires, twice, and of nothing", async () => {
	const timer = Timer.set(() => trace("not ok a cleared timer fires\n"), 1);
	Timer.clear(timer);
	Timer.clear(timer);
	Timer.clear(undefined);
	Timer.clear(null);
	Timer.clear();
	throws(() => Timer.schedule(timer, 1), Error, "scheduling a cleared timer");
	throws(() => Timer.clear({}), Error, "clearing another object");
	await sleep(5);
});

check("clear() of another timer that is due in the same turn", async () => {
	let fired = 0;
	const timers = [1, 2].map(() =>
		Timer.set(() => {
			fired++;
			for (const timer of timers) Timer.clear(timer);
		}, 1)
	);
	await sleep(10);
	equal(fired, 1, "timers that fired");
});

check("repeat until cleared in its own callback", async () => {
	let count = 0;
	const done = promise();
	Timer.repeat(timer => {
		if (++count === 3) {
			Timer.clear(timer);
			done.resolve();
		}
	}, 2);
	await done.done;
	await sleep(10);
	equal(count, 3, "repetitions");
});

check("set() with another first interval", async () => {
	const log = [];
	const start = Time.ticks;
	const twice = promise();
	const timer = Timer.set(
		() => {
			if (log.push(Time.delta(start)) === 2) twice.resolve();
		},
		1,
		20
	);
	await twice.done;
	Timer.clear(timer);
	if (log[0] < 1 || log[1] < 21) throw new Error(`calls at ${log}`);
});

check("schedule() makes a timer of its own callback fire again", async () => {
	let count = 0;
	const done = promise();
	Timer.set(timer => {
		if (++count < 3) Timer.schedule(timer, 1);
		else done.resolve();
	}, 1);
	await done.done;
	equal(count, 3, "calls");
});

check("schedule() without an interval rests the timer until it is scheduled again", async () => {
	let count = 0;
	const timer = Timer.repeat(() => count++, 2);
	Timer.schedule(timer);
	await sleep(10);
	equal(count, 0, "calls while resting");
	Timer.schedule(timer, 1);
	await sleep(10);
	equal(count, 1, "calls after that");
});

check("a timer that makes a timer without delay does not starve the others", async () => {
	let going = true;
	const again = () => going && Timer.set(again);
	again();
	await sleep(5);
	going = false;
});

check("a callback that is no function throws", async () => {
	throws(() => Timer.set(), TypeError, "no callback");
	throws(() => Timer.repeat("x", 1), TypeError, "a string");
});

run();

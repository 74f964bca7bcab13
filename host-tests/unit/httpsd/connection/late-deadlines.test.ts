// All deadlines of a server have one timer. One that was set while another expired, a response's or a linger's, set that timer for
// itself, and those that were due sooner waited as long: where one client was refused, others were timed out seconds late.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import Deadlines, { type Deadline } from "httpsd/async/deadlines";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Tells when it has expired, sets others then. */
const entry = (expire: () => void): Deadline => ({ deadline: undefined, expire });

test("a deadline that is set while another expires does not hold up those that are due sooner", () => {
	const deadlines = new Deadlines();
	let expired = 0;
	const later = entry(() => {});
	deadlines.set(
		entry(() => expired++),
		100
	);
	deadlines.set(
		entry(() => deadlines.set(later, 2000)),
		10
	);
	jest.advanceTimersByTime(100);
	expect(expired).toBe(1);
});

test("whatever is set, put off, cleared and set again while others expire, each expires in its millisecond", () => {
	const time = fc.integer({ min: 1, max: 300 });
	const first = fc.array(fc.record({ ms: time, next: fc.array(fc.record({ at: fc.nat(9), ms: fc.option(time) })) }), {
		minLength: 10,
		maxLength: 10
	});
	const property = fc.property(first, all => {
		const deadlines = new Deadlines();
		const due = new Map<number, number>();
		const set = (at: number, ms: number | null) => {
			if (ms === null) deadlines.clear(entries[at] as Deadline);
			else deadlines.set(entries[at] as Deadline, ms);
			if (ms === null) due.delete(at);
			else due.set(at, Date.now() + ms);
		};
		const left = all.map(({ next }) => [...next]);
		const late: number[] = [];
		const entries = all.map((_, at) =>
			entry(() => {
				if (due.get(at) !== Date.now()) late.push(at);
				due.delete(at);
				const next = left[at]?.shift();
				if (next !== undefined) set(next.at, next.ms);
			})
		);
		for (const [at, { ms }] of all.entries()) set(at, ms);
		jest.advanceTimersByTime(60_000);
		expect([late, due.size]).toEqual([[], 0]);
	});
	fc.assert(property);
});

// A deadline is kept in ticks of 32 bits: a longer one would seem past, and stop the timer of all the others.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Deadlines from "httpsd/async/deadlines";
import { defaultLimits } from "httpsd/limits";
import { takeLimits } from "httpsd/server/take-limits";

const maxTime = 2 ** 31 - 1;
const times = Object.keys(defaultLimits).filter(name => /Timeout$|Interval$|After$|KeepAlive$/.test(name));

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test.each(times)("%s is at most 2³¹ − 1 ms", name => {
	for (const ms of [maxTime - 1, maxTime]) expect(takeLimits({ [name]: ms }).limits).toMatchObject({ [name]: ms });
	for (const ms of [maxTime + 1, 2 ** 32]) expect(() => takeLimits({ [name]: ms })).toThrow(RangeError);
});

test("a size may be more", () => {
	expect(takeLimits({ maxBody: 2 ** 33 }).limits.maxBody).toBe(2 ** 33);
});

test.each([maxTime - 1, maxTime])("a deadline of %i ms does not hold up another, even one that is late", ms => {
	const deadlines = new Deadlines();
	let expired = 0;
	deadlines.set({ deadline: undefined, expire: () => expired++ }, 10);
	deadlines.set({ deadline: undefined, expire: () => {} }, ms);
	// The timer is due and could not go off yet.
	jest.setSystemTime(Date.now() + 50);
	deadlines.set({ deadline: undefined, expire: () => {} }, ms);
	jest.advanceTimersByTime(10);
	expect(expired).toBe(1);
});

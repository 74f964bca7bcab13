// Z12: what was set while others expired set the timer for itself: what was due before it expired with it, up to ten seconds late. Three clients
// who had left, and waited for memory, so kept their places on an ESP32-C3, and nobody was served.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Deadlines from "httpsd/async/deadlines";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const milliseconds = [1, 99, 100, 101, 2000, 10_000];

test.each(milliseconds)("a deadline that is set to %i ms while others expire puts off none of them", ms => {
	const deadlines = new Deadlines();
	const began = Date.now();
	const late: number[] = [];
	const setTo = (wait: number, act = () => {}) => {
		const due = Date.now() + wait;
		const expire = () => {
			late.push(Date.now() - due);
			act();
		};
		deadlines.set({ deadline: undefined, expire }, wait);
	};
	setTo(100, () => setTo(ms));
	setTo(100, () => setTo(3000));
	for (const wait of [100, 101, 150, 200, 1000, 2000, 20_000]) setTo(wait);
	while (Date.now() < began + 30_000) jest.advanceTimersByTime(1);
	expect(late).toEqual(Array.from({ length: 11 }, () => 0));
});

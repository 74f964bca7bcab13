import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Time from "time";
import SharedTimer from "tls/connection/shared-timer";

let start: number;
let calls: number[];
/** What `expire` returns, in turn. */
let left: number[];
let timer: SharedTimer;

beforeEach(() => {
	jest.useFakeTimers();
	start = Time.ticks;
	calls = [];
	left = [];
	timer = new SharedTimer(now => {
		calls.push((now - start) | 0);
		return left.shift();
	});
});
afterEach(() => void jest.useRealTimers());

test("one timer serves all deadlines and is set for the earliest", () => {
	timer.schedule(100, Time.ticks);
	timer.schedule(300, Time.ticks);
	timer.schedule(50, Time.ticks);
	expect(jest.getTimerCount()).toBe(1);
	left = [50, 200];
	jest.advanceTimersByTime(1000);
	expect(calls).toEqual([50, 100, 300]);
	expect(jest.getTimerCount()).toBe(0);
});

test("a deadline that `expire` schedules counts beside the one that it returns", () => {
	timer = new SharedTimer(now => {
		calls.push((now - start) | 0);
		if (calls.length === 1) timer.schedule(10, now);
		return calls.length === 1 ? 30 : undefined;
	});
	timer.schedule(100, Time.ticks);
	jest.advanceTimersByTime(1000);
	expect(calls).toEqual([100, 110]);
});

test("after clear() nothing is called", () => {
	timer.schedule(100, Time.ticks);
	timer.clear();
	expect(jest.getTimerCount()).toBe(0);
	timer.schedule(200, Time.ticks);
	jest.advanceTimersByTime(1000);
	expect(calls).toEqual([200]);
});

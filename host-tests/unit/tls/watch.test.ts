import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Time from "time";
import Watch from "tls/connection/watch";

let start: number;
let looks: number[];
/** What `look` answers with, in turn. */
let left: number[];
let watch: Watch;

beforeEach(() => {
	jest.useFakeTimers();
	start = Time.ticks;
	looks = [];
	left = [];
	watch = new Watch(now => {
		looks.push((now - start) | 0);
		return left.shift();
	});
});
afterEach(() => void jest.useRealTimers());

test("one timer serves all, and it is the earliest's", () => {
	watch.within(100, Time.ticks);
	watch.within(300, Time.ticks);
	watch.within(50, Time.ticks);
	expect(jest.getTimerCount()).toBe(1);
	left = [50, 200];
	jest.advanceTimersByTime(1000);
	expect(looks).toEqual([50, 100, 300]);
	expect(jest.getTimerCount()).toBe(0);
});

test("a wait that `look` begins is kept beside what it answers", () => {
	watch = new Watch(now => {
		looks.push((now - start) | 0);
		if (looks.length === 1) watch.within(10, now);
		return looks.length === 1 ? 30 : undefined;
	});
	watch.within(100, Time.ticks);
	jest.advanceTimersByTime(1000);
	expect(looks).toEqual([100, 110]);
});

test("after stop() nobody looks", () => {
	watch.within(100, Time.ticks);
	watch.stop();
	expect(jest.getTimerCount()).toBe(0);
	watch.within(200, Time.ticks);
	jest.advanceTimersByTime(1000);
	expect(looks).toEqual([200]);
});

// What handshakes wait for memory.

import { expect, jest, test } from "@jest/globals";
import { limits } from "tls/limits";
import { eachTrial } from "./admission-trial";

const trial = eachTrial();

test("Z3 without memory no handshake begins; it is measured again later, unless a connection is dropped for it", () => {
	const t = trial.current;
	t.block = 999;
	t.requestAll("a");
	t.block = 1000;
	expect(t.begun).toEqual([]);
	jest.advanceTimersByTime(limits.memoryRetry);
	expect(t.begun).toEqual(["a"]);
	t.admission.hasAllocated(t.get("a"), 0);
	t.block = 999;
	t.canFreeMemory = true;
	t.requestAll("b");
	expect(jest.getTimerCount()).toBe(1); // that of the slots
	t.block = 1000;
	t.admission.admit();
	expect(t.begun).toEqual(["a", "b"]);
});

test("Z12 in a heap that is in pieces one handshake begins at a time, rather than none for ever", () => {
	const t = trial.current;
	[t.block, t.free] = [499, 2000];
	t.requestAll("a", "b");
	expect(t.begun).toEqual([]);
	[t.block, t.free] = [500, 999];
	jest.advanceTimersByTime(limits.memoryRetry);
	expect(t.begun).toEqual([]);
	t.free = 1000;
	jest.advanceTimersByTime(limits.memoryRetry);
	expect(t.begun).toEqual(["a"]);
	t.admission.hasAllocated(t.get("a"), 0);
	t.admission.admit();
	expect(t.begun).toEqual(["a"]);
	t.admission.release(t.get("a"));
	t.admission.admit();
	expect(t.begun).toEqual(["a", "b"]);
});

test("Z3 memory is reserved for a handshake that has begun and waits for its context", () => {
	const t = trial.current;
	t.block = 1999;
	t.requestAll("a", "b");
	expect(t.begun).toEqual(["a"]);
	t.admission.hasAllocated(t.get("a"), 0);
	t.admission.admit();
	expect(t.begun).toEqual(["a", "b"]);
	t.admission.release(t.get("b"));
	t.block = 1000;
	t.requestAll("c");
	expect(t.begun).toEqual(["a", "b", "c"]);
});

test("Z3 a handshake that takes more than others waits for that, and is reserved as much", () => {
	const t = trial.current;
	t.taken = { big: 3000 };
	t.block = 2999;
	t.requestAll("big");
	expect(t.begun).toEqual([]);
	expect([t.admission.hasMemory(-1), t.admission.hasMemory(0)]).toEqual([true, false]);
	t.block = 3000;
	t.admission.admit();
	expect(t.begun).toEqual(["big"]);
	t.block = 3999;
	t.requestAll("a");
	expect(t.begun).toEqual(["big"]);
	t.block = 4000;
	t.admission.admit();
	expect(t.begun).toEqual(["big", "a"]);
});

test("Z3 one that waits for more memory than there is holds up nobody: those behind it pass one at a time", () => {
	const t = trial.current;
	t.taken = { big: 3000 };
	t.block = 2999;
	t.requestAll("big", "a", "b");
	expect(t.begun).toEqual(["a"]);
	t.admission.hasAllocated(t.get("a"), 0);
	t.admission.admit();
	expect(t.begun).toEqual(["a"]);
	t.admission.release(t.get("a"));
	t.block = 3000;
	t.admission.admit();
	expect(t.begun).toEqual(["a", "big"]);
});

test("Z3 what a handshake will still take of memory stays reserved until it is over", () => {
	const t = trial.current;
	t.block = 1000;
	t.requestAll("a");
	t.admission.hasAllocated(t.get("a"), 300);
	t.block = 1299;
	t.requestAll("b");
	expect(t.begun).toEqual(["a"]);
	t.block = 1300;
	t.admission.admit();
	expect(t.begun).toEqual(["a", "b"]);
	t.admission.hasAllocated(t.get("b"), 0);
	t.admission.release(t.get("a"));
	t.block = 1000;
	t.requestAll("c");
	expect(t.begun).toEqual(["a", "b", "c"]);
});

import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Admission, { type SlotHolder } from "tls/connection/admission";
import { limits } from "tls/limits";

/** Bytes that the handshakes of these names take; others take 1,000. */
let taken: Record<string, number>;
let block: number | undefined;
let free: number | undefined;
let begun: string[];
let failed: string[];
let canFreeMemory: boolean;
let admission: Admission<Named>;
let connections: Map<string, Named>;

interface Named extends SlotHolder {
	readonly name: string;
}

/** The connection of that name. */
function get(name: string): Named {
	const known = connections.get(name) ?? { name, slot: "none", reserved: 0, reads: 0, stallsAt: 0 };
	connections.set(name, known);
	return known;
}

beforeEach(() => {
	jest.useFakeTimers();
	block = free = undefined;
	begun = [];
	taken = {};
	failed = [];
	canFreeMemory = false;
	connections = new Map();
	admission = new Admission({
		maxHandshakes: 2,
		handshakeMemory: connection => taken[connection?.name ?? ""] ?? 1000,
		largestBlock: () => block,
		free: () => free,
		begin: connection => begun.push(connection.name),
		fail: connection => failed.push(connection.name),
		freeMemory: () => canFreeMemory
	});
});
afterEach(() => {
	admission.clear();
	jest.useRealTimers();
});

const requestAll = (...names: string[]): void => {
	for (const name of names) admission.request(get(name));
};

test("Z3 as many handshakes begin as there are slots, the rest in the order of requests", () => {
	requestAll("a", "b", "c", "c", "d");
	expect(begun).toEqual(["a", "b"]);
	admission.release(get("a"));
	admission.admit();
	expect(begun).toEqual(["a", "b", "c"]);
	admission.release(get("d"));
	admission.release(get("b"));
	admission.admit();
	expect(begun).toEqual(["a", "b", "c"]);
});

test("Z2 a handshake that stalls loses its slot, and its end later frees no other slot", () => {
	requestAll("a", "b", "c", "d", "e");
	jest.advanceTimersByTime(limits.stallTimeout - 1);
	expect(begun).toEqual(["a", "b"]);
	jest.advanceTimersByTime(1);
	expect(begun).toEqual(["a", "b", "c", "d"]);
	admission.release(get("a"));
	admission.admit();
	expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("Z2 bytes of the peer keep the slot, a limited number of times", () => {
	requestAll("a", "b", "c");
	for (let n = 0; n < limits.handshakeReads; n++) {
		jest.advanceTimersByTime(limits.stallTimeout - 1);
		admission.received(get("a"));
		admission.received(get("b"));
		expect(begun).toEqual(["a", "b"]);
	}
	jest.advanceTimersByTime(limits.stallTimeout - 1);
	admission.received(get("a"));
	admission.received(get("b"));
	jest.advanceTimersByTime(1);
	expect(begun).toEqual(["a", "b", "c"]);
});

test("Z3 without memory no handshake begins; it is measured again later, unless a connection is dropped for it", () => {
	block = 999;
	requestAll("a");
	block = 1000;
	expect(begun).toEqual([]);
	jest.advanceTimersByTime(limits.memoryRetry);
	expect(begun).toEqual(["a"]);
	admission.hasAllocated(get("a"));
	block = 999;
	canFreeMemory = true;
	requestAll("b");
	expect(jest.getTimerCount()).toBe(1); // that of the slots
	block = 1000;
	admission.admit();
	expect(begun).toEqual(["a", "b"]);
});

test("Z12 in a heap that is in pieces one handshake begins at a time, rather than none for ever", () => {
	[block, free] = [499, 2000];
	requestAll("a", "b");
	expect(begun).toEqual([]);
	[block, free] = [500, 999];
	jest.advanceTimersByTime(limits.memoryRetry);
	expect(begun).toEqual([]);
	free = 1000;
	jest.advanceTimersByTime(limits.memoryRetry);
	expect(begun).toEqual(["a"]);
	admission.hasAllocated(get("a"));
	admission.admit();
	expect(begun).toEqual(["a"]);
	admission.release(get("a"));
	admission.admit();
	expect(begun).toEqual(["a", "b"]);
});

test("Z3 memory is reserved for a handshake that has begun and waits for its context", () => {
	block = 1999;
	requestAll("a", "b");
	expect(begun).toEqual(["a"]);
	admission.hasAllocated(get("a"));
	admission.admit();
	expect(begun).toEqual(["a", "b"]);
	admission.release(get("b"));
	block = 1000;
	requestAll("c");
	expect(begun).toEqual(["a", "b", "c"]);
});

test("Z3 a handshake that takes more than others waits for that, and is reserved as much", () => {
	taken = { big: 3000 };
	block = 2999;
	requestAll("big");
	expect(begun).toEqual([]);
	expect([admission.hasMemory(-1), admission.hasMemory(0)]).toEqual([true, false]);
	block = 3000;
	admission.admit();
	expect(begun).toEqual(["big"]);
	block = 3999;
	requestAll("a");
	expect(begun).toEqual(["big"]);
	block = 4000;
	admission.admit();
	expect(begun).toEqual(["big", "a"]);
});

test("Z3 one that waits for more memory than there is holds up nobody: those behind it pass one at a time", () => {
	taken = { big: 3000 };
	block = 2999;
	requestAll("big", "a", "b");
	expect(begun).toEqual(["a"]);
	admission.hasAllocated(get("a"));
	admission.admit();
	expect(begun).toEqual(["a"]);
	admission.release(get("a"));
	block = 3000;
	admission.admit();
	expect(begun).toEqual(["a", "big"]);
});

test("E9 a connection that cannot have a timer fails alone", () => {
	const set = jest.spyOn(globalThis, "setTimeout").mockImplementationOnce(() => {
		throw new RangeError("no memory");
	});
	requestAll("a", "b");
	set.mockRestore();
	expect([failed, begun]).toEqual([["a"], ["b"]]);
});

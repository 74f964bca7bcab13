import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Admission, { type Applicant } from "tls/connection/admission";
import { limits } from "tls/limits";

let block: number | undefined;
let begun: string[];
let failed: string[];
let canMakeRoom: boolean;
let admission: Admission<Named>;
let applicants: Map<string, Named>;

interface Named extends Applicant {
	readonly name: string;
}

/** The applicant of that name. */
function get(name: string): Named {
	const known = applicants.get(name) ?? { name, turn: "none", isReserved: false, reads: 0, stallsAt: 0 };
	applicants.set(name, known);
	return known;
}

beforeEach(() => {
	jest.useFakeTimers();
	block = undefined;
	begun = [];
	failed = [];
	canMakeRoom = false;
	applicants = new Map();
	admission = new Admission({
		most: 2,
		memory: 1000,
		largestBlock: () => block,
		begin: candidate => begun.push(candidate.name),
		fail: candidate => failed.push(candidate.name),
		makeRoom: () => canMakeRoom
	});
});
afterEach(() => {
	admission.clear();
	jest.useRealTimers();
});

const askAll = (...candidates: string[]): void => {
	for (const candidate of candidates) admission.ask(get(candidate));
};

test("Z3 as many as there are places begin, the rest in the order of asking", () => {
	askAll("a", "b", "c", "c", "d");
	expect(begun).toEqual(["a", "b"]);
	admission.leave(get("a"));
	admission.next();
	expect(begun).toEqual(["a", "b", "c"]);
	admission.leave(get("d"));
	admission.leave(get("b"));
	admission.next();
	expect(begun).toEqual(["a", "b", "c"]);
});

test("Z2 who stalls lends its place, and leaving later gives back no other's", () => {
	askAll("a", "b", "c", "d", "e");
	jest.advanceTimersByTime(limits.stallTimeout - 1);
	expect(begun).toEqual(["a", "b"]);
	jest.advanceTimersByTime(1);
	expect(begun).toEqual(["a", "b", "c", "d"]);
	admission.leave(get("a"));
	admission.next();
	expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("Z2 bytes put it off, a number of times", () => {
	askAll("a", "b", "c");
	for (let n = 0; n < limits.handshakeReads; n++) {
		jest.advanceTimersByTime(limits.stallTimeout - 1);
		admission.heard(get("a"));
		admission.heard(get("b"));
		expect(begun).toEqual(["a", "b"]);
	}
	jest.advanceTimersByTime(limits.stallTimeout - 1);
	admission.heard(get("a"));
	admission.heard(get("b"));
	jest.advanceTimersByTime(1);
	expect(begun).toEqual(["a", "b", "c"]);
});

test("Z3 without memory nobody begins; it is looked for again, unless somebody makes room", () => {
	block = 999;
	askAll("a");
	block = 1000;
	expect(begun).toEqual([]);
	jest.advanceTimersByTime(limits.memoryRetry);
	expect(begun).toEqual(["a"]);
	admission.hasAllocated(get("a"));
	block = 999;
	canMakeRoom = true;
	askAll("b");
	expect(jest.getTimerCount()).toBe(1); // that of the slots
	block = 1000;
	admission.next();
	expect(begun).toEqual(["a", "b"]);
});

test("Z3 who has begun and not taken its memory yet, for its identity is chosen later, has it reserved", () => {
	block = 1999;
	askAll("a", "b");
	expect(begun).toEqual(["a"]);
	admission.hasAllocated(get("a"));
	admission.next();
	expect(begun).toEqual(["a", "b"]);
	admission.leave(get("b"));
	block = 1000;
	askAll("c");
	expect(begun).toEqual(["a", "b", "c"]);
});

test("E9 who cannot have a timer fails alone", () => {
	const set = jest.spyOn(globalThis, "setTimeout").mockImplementationOnce(() => {
		throw new RangeError("no memory");
	});
	askAll("a", "b");
	set.mockRestore();
	expect([failed, begun]).toEqual([["a"], ["b"]]);
});

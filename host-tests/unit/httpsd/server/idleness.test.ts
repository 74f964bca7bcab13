// A kept connection that is closed for a new one may lose a POST that is on its way: which is closed, and when.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Idleness from "httpsd/server/idleness";
import Time from "time";

const limits = { purgeAfter: 500, busyHeadTimeout: 2000, busyBodyTimeout: 10_000 };
const isLeaving = false;

/** A connection that has sent a request each `pause` ms, and has been idle for so long. */
const polling = (pause: number, requests: number, idleFor: number) => ({
	since: (Time.ticks - pause * (requests - 1) - idleFor) | 0,
	requests,
	idleFor,
	isLeaving
});
const later = <T extends { since: number; idleFor: number }>(connection: T, ms: number): T => ({
	...connection,
	since: connection.since - ms,
	idleFor: connection.idleFor + ms
});

/** An idleness that has seen answers with such pauses between them. */
function afterAnswers(...pauses: number[]): Idleness {
	const idleness = new Idleness(limits);
	idleness.pauses.answered();
	for (const pause of pauses) {
		jest.advanceTimersByTime(pause);
		idleness.pauses.answered();
	}
	return idleness;
}

describe("when one may be closed", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test.each([
		["one that has sent nothing: after purgeAfter", [], () => ({ ...polling(0, 1, 499), requests: 0 }), 0],
		["one that had its last response: likewise", [], () => ({ ...polling(1000, 9, 499), isLeaving: true }), 0],
		["one that is kept: after 2.5 s without an answer", [], () => polling(1000, 2, 2499), 0],
		["after three of the longest pauses between answers", [900, 1100, 1000], () => polling(9000, 3, 3299), 0],
		["that counts while others are answered", [900, 1100, ...Array(50).fill(100)], () => polling(9000, 3, 3299), 0],
		["but not for long", [900, 1100, ...Array(250).fill(100)], () => polling(9000, 3, 2499), 0],
		["10 s at most", [9000, 9000], () => polling(20_000, 5, 9999), 0],
		["after a longer pause none is known", [1100, 20_000, 100], () => polling(9000, 3, 2499), 0]
	] as const)("%s", (_, pauses, make, waited) => {
		const idleness = afterAnswers(...pauses);
		const connection = make();
		expect(idleness.find([connection], waited)).toBe(1);
		expect(idleness.mayClose(connection, connection.idleFor, [connection], waited)).toBe(false);
		const longer = later(connection, 1);
		expect(idleness.find([longer], waited)).toBe(longer);
		expect(idleness.mayClose(longer, longer.idleFor, [longer], waited)).toBe(true);
	});

	test("none while another is answered, but one that has missed three pauses of its own, and 10 s, once a new one has waited", () => {
		const idleness = afterAnswers(1000);
		const busy = polling(1000, 9, 100);
		expect(idleness.find([busy, polling(1000, 9, 9999)], 500)).toBe(1);
		const forgotten = polling(1000, 9, 10_000);
		expect([idleness.find([busy, forgotten], 499), idleness.find([busy, forgotten], 500)]).toEqual([1, forgotten]);
		for (const other of [polling(1000, 7, 10_000), polling(4000, 9, 11_999)])
			expect(idleness.find([busy, other], 500)).toBeLessThan(2901);
	});

	test("first answers of new connections put off nobody's place; where there are no others, they count", () => {
		const idleness = new Idleness(limits);
		const kept = polling(20, 9, 2500);
		expect(idleness.find([kept, polling(0, 1, 10)], 0)).toBe(kept);
		expect(idleness.find([polling(0, 1, 10), polling(0, 1, 2400)], 0)).toBe(2490);
	});

	test("none when its next request is due by its usual pause", () => {
		const due = polling(10_000, 5, 10_000);
		expect(new Idleness(limits).find([due], 0)).toBe(1250);
	});
});

test("unused ones go first, then forgotten ones, then that whose next request is farthest", () => {
	const idleness = new Idleness(limits);
	const due = polling(60_000, 5, 50_000);
	const early = polling(60_000, 5, 11_000);
	const forgotten = polling(20, 10, 300_000);
	const unused = { since: 0, requests: 0, idleFor: 600, isLeaving };
	expect(idleness.find([due, early], 0)).toBe(early);
	expect(idleness.find([due, early, forgotten], 0)).toBe(forgotten);
	expect(idleness.find([due, early, forgotten, unused], 0)).toBe(unused);
	const [first, second] = [polling(0, 1, 11_000), polling(0, 1, 10_000)];
	expect(idleness.find([second, first], 0)).toBe(first);
	expect(idleness.find([{ ...due, idleFor: undefined }], 0)).toBe(undefined);
});

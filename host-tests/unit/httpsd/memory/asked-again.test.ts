// Z12: XS may have room again though nobody has given any back: garbage is known as such only behind the end of what has made it. Behind
// an order at a CA who waited was not asked again, and refused after two seconds, with nothing charged and the device idle.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Deadlines from "httpsd/async/deadlines";
import Account from "httpsd/memory/account";
import Budget from "httpsd/memory/budget";
import { settle } from "../fake-socket";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test.each([
	["is granted soon when XS has room again", 500, true],
	["is refused in time when it has none", 5000, false]
])("Z12 who waits for room in XS %s", async (_, after, isGranted) => {
	let hasRoom = false;
	const budget = new Budget(1000, 160, 0, new Deadlines(), 2000, () => hasRoom);
	budget.addPlaces(5, { relieve: () => {}, handling: 0 });
	const account = new Account(budget);
	const ends: unknown[] = [];
	expect(account.take(200)).toBe(false);
	account.wait(200, granted => ends.push(granted));
	await jest.advanceTimersByTimeAsync(after);
	hasRoom = true;
	await jest.advanceTimersByTimeAsync(200);
	await settle();
	expect(ends).toEqual([isGranted]);
	account.close();
	await jest.advanceTimersByTimeAsync(5000);
	expect([budget.used, jest.getTimerCount()]).toEqual([0, 0]);
});

// All who waited were granted what XS had for one of them, and took it then.
test("Z12 of two who wait only one is granted what is there for one", async () => {
	let left = 0;
	const budget = new Budget(1000, 160, 0, new Deadlines(), 2000, () => left > 0);
	budget.addPlaces(5, { relieve: () => {}, handling: 0 });
	const accounts = [new Account(budget), new Account(budget)];
	const ends: unknown[] = [];
	for (const [index, account] of accounts.entries())
		account.wait(200, isGranted => {
			ends.push([index, isGranted]);
			left--;
		});
	left = 1;
	await jest.advanceTimersByTimeAsync(300);
	expect(ends).toEqual([[0, true]]);
	await jest.advanceTimersByTimeAsync(5000);
	expect(ends).toEqual([
		[0, true],
		[1, false]
	]);
	for (const account of accounts) account.close();
	expect(budget.used).toBe(0);
});

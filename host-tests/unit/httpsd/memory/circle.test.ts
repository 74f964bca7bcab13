import { describe, expect, test } from "@jest/globals";
import Account from "httpsd/memory/account";
import Budget from "httpsd/memory/budget";
import { settle } from "../fake-socket";

describe("Z12 who holds a part and waits for more", () => {
	/**
	 * Two wait for what they lack of 400, of the 560 that there are for all, and leave when they have had it or are refused; a
	 * third leaves later. @returns how many had been answered by then, the answers, and what is charged at the end.
	 */
	async function waitBoth(first: number, second: number, third = 0) {
		const budget = new Budget(1000, 160, 400);
		budget.addPlaces(5, { relieve: () => {}, handling: 0 });
		const accounts = [first, second, third].map(() => new Account(budget)) as [Account, Account, Account];
		const seen: unknown[] = [];
		for (const [at, bytes] of [first, second, third].entries()) expect(accounts[at]?.take(bytes)).toBe(true);
		for (const [at, account] of accounts.slice(0, 2).entries())
			account.wait(400 - account.held, isGranted => {
				seen.push([at + 1, isGranted]);
				account.close();
			});
		await settle();
		const early = seen.length;
		accounts[2].close();
		await settle();
		return [early, seen, budget.used];
	}

	test.each([
		["the one that holds less", 280, 300, 1, 2],
		["the one that holds less, the later one", 300, 280, 2, 1],
		["of two that hold as much the later one", 290, 290, 2, 1]
	] as const)(
		"when two wait for each other, %s is refused at once, and the other goes on",
		async (_, first, second, refused, served) => {
			const ends = [
				[refused, false],
				[served, true]
			];
			expect(await waitBoth(first, second)).toEqual([2, ends, 0]);
		}
	);

	test("while a third may still give back what one of them lacks, neither is refused", async () => {
		const ends = [
			[1, true],
			[2, true]
		];
		expect(await waitBoth(250, 260, 156)).toEqual([0, ends, 0]);
	});
});

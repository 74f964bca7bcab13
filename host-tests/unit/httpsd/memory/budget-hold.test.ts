import { describe, expect, test } from "@jest/globals";
import Account from "httpsd/memory/account";
import { makeBudget } from "./small-budget";

describe("Z12 what is no connection's", () => {
	const settle = () => {
		const told: ((() => void) | undefined)[] = [];
		return { told, take: (giveBack: (() => void) | undefined) => void told.push(giveBack) };
	};

	test("takes what is for all, three quarters at most, and gives it back once", () => {
		const budget = makeBudget();
		const { told, take } = settle();
		budget.hold(5000, take);
		expect(budget.used).toBe(420);
		const [one, other] = [new Account(budget), new Account(budget)];
		expect([one.take(56 + 140), other.take(57), other.take(56)]).toEqual([true, false, true]);
		told[0]?.();
		told[0]?.();
		expect(budget.used).toBe(252);
		expect(other.take(280)).toBe(true);
	});

	test("waits where connections have it", async () => {
		const budget = makeBudget();
		const [one, other] = [new Account(budget), new Account(budget)];
		expect([one.take(336), other.take(336)]).toEqual([true, true]);
		const { told, take } = settle();
		budget.hold(200, take);
		await Promise.resolve();
		expect(told).toEqual([]);
		one.give(336);
		await Promise.resolve();
		expect(told).toEqual([expect.any(Function)]);
		told[0]?.();
		expect(budget.used).toBe(336);
	});
});

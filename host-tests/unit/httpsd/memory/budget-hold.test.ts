import { describe, expect, test } from "@jest/globals";
import Account from "httpsd/memory/account";
import Budget from "httpsd/memory/budget";
import type { GiveBack } from "httpsd/memory/waiters";
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

	// A firmware with a name held 2 kB for messages of multicast DNS for good, and so accepted whoever came: they made an ESP32-C3 restart.
	test("leaves what connections are admitted by as it was, but while one from outside is awaited", () => {
		const asked: number[] = [];
		const budget = new Budget(12_000, 0, 0, undefined, 0, (_, chunks) => asked.push(chunks) > 0);
		budget.addPlaces(4, { relieve() {}, handling: 0 }, true);
		for (let count = 0; count < 3; count++) budget.came();
		const ask = () => {
			asked.length = 0;
			budget.hasRoomFor(1, 1);
			return asked[0] as number;
		};
		const all = ask();
		const holds: GiveBack[] = [];
		for (let count = 0; count < 2; count++) budget.hold(1000, giveBack => holds.push(giveBack as GiveBack));
		const [one, other] = holds as [GiveBack, GiveBack];
		expect(ask()).toBe(all);
		one.awaits(true);
		one.awaits(true);
		expect(ask()).toBeLessThan(all);
		other.awaits(true);
		one.awaits(false);
		expect(ask()).toBeLessThan(all);
		other();
		other.awaits(true);
		expect(ask()).toBe(all);
	});
});

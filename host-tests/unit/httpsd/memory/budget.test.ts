import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import Budget, { Account } from "httpsd/memory/budget";
import Charge from "httpsd/memory/charge";

/** A budget of 1000 for places of 100 each, so that 500 are for all. */
function makeBudget(relieve = () => {}) {
	const budget = new Budget(1000);
	budget.addPlaces(5, relieve);
	return budget;
}

describe("Z12 budget", () => {
	test("a connection may hold its share and what is for all, and not a byte more", () => {
		for (const [bytes, granted] of [
			[599, true],
			[600, true],
			[601, false]
		] as const) {
			const budget = makeBudget();
			expect(budget.most).toBe(600);
			expect(new Account(budget).take(bytes)).toBe(granted);
			expect([budget.used, budget.refused]).toEqual(granted ? [bytes, 0] : [0, 1]);
		}
	});

	test("when one holds all that it may, the others still have their share, and no more", () => {
		const budget = makeBudget();
		expect(new Account(budget).take(600)).toBe(true);
		const others = [1, 2, 3, 4].map(() => new Account(budget));
		for (const other of others) expect([other.take(101), other.take(100), other.take(1)]).toEqual([false, true, false]);
		expect([budget.used, budget.peak]).toEqual([1000, 1000]);
	});

	test("what can be done without is given back before others are refused", () => {
		const kept: Account[] = [];
		const budget = makeBudget(() => kept.splice(0).forEach(account => void account.give(account.held)));
		const first = new Account(budget);
		first.take(400);
		kept.push(first);
		expect(new Account(budget).take(600)).toBe(true);
		expect([first.held, budget.used, budget.refused]).toEqual([0, 600, 0]);
	});

	test("a closed connection holds nothing, and is still refused what there is no room for", () => {
		const budget = makeBudget();
		const account = new Account(budget);
		const charge = new Charge(account);
		charge.take(300);
		account.close();
		charge.end();
		account.give(5);
		expect([account.take(600), account.take(601), budget.used]).toEqual([true, false, 0]);
	});

	test("two servers that share it have places in it each", () => {
		const budget = makeBudget();
		budget.addPlaces(5, () => {});
		expect(budget.most).toBe(550);
	});

	test("whatever is taken and given in which order: the sum is right, never over the limit, and 0 at the end", () => {
		const step = fc.tuple(fc.nat(4), fc.integer({ min: -700, max: 700 }), fc.boolean());
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), steps => {
				const budget = makeBudget();
				const charges = [0, 1, 2, 3, 4].map(() => ({ account: new Account(budget), bytes: 0 }));
				for (const [at, bytes, closes] of steps) {
					const each = charges[at] as (typeof charges)[0];
					if (bytes < 0) each.account.give(Math.min(-bytes, each.account.held));
					else each.account.take(bytes);
					if (closes) {
						each.account.close();
						each.account = new Account(budget);
					}
					expect(budget.used).toBe(charges.reduce((sum, { account }) => sum + account.held, 0));
					expect(budget.used).toBeLessThanOrEqual(1000);
				}
				for (const { account } of charges) account.close();
				expect([budget.used, new Account(budget).take(600)]).toEqual([0, true]);
			})
		);
	});
});

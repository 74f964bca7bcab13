import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import Account from "httpsd/memory/account";
import Budget from "httpsd/memory/budget";
import Charge from "httpsd/memory/charge";
import { makeBudget } from "./small-budget";

describe("Z12 budget", () => {
	test("a connection may hold its share and half of what is for all, and not a byte more", () => {
		for (const [bytes, granted] of [
			[335, true],
			[336, true],
			[337, false]
		] as const) {
			const budget = makeBudget();
			expect(budget.most).toBe(336);
			expect(new Account(budget).take(bytes)).toBe(granted);
			expect([budget.used, budget.refused]).toEqual(granted ? [bytes, 0] : [0, 1]);
		}
	});

	test("when two hold all that they may, the others still have their share, and no more", () => {
		const budget = makeBudget();
		for (let count = 0; count < 2; count++) expect(new Account(budget).take(336)).toBe(true);
		const others = [1, 2, 3].map(() => new Account(budget));
		for (const other of others) expect([other.take(57), other.take(56), other.take(1)]).toEqual([false, true, false]);
		expect([budget.used, budget.peak]).toEqual([840, 840]);
	});

	test("what can be done without is given back before others are refused, but not for what is only kept", () => {
		const kept: Account[] = [];
		const budget = makeBudget(() => kept.splice(0).forEach(account => void account.give(account.held)));
		for (let count = 0; count < 2; count++) {
			const account = new Account(budget);
			account.take(336);
			kept.push(account);
		}
		const other = new Account(budget);
		expect([other.takeNow(57), other.take(336)]).toEqual([false, true]);
		expect([budget.used, budget.refused]).toEqual([336, 0]);
	});

	test("a closed connection holds nothing, and is still refused what there is no room for", () => {
		const budget = makeBudget();
		const account = new Account(budget);
		const charge = new Charge(account);
		charge.take(200);
		account.close();
		charge.end();
		account.give(5);
		expect([account.take(336), account.take(337), budget.used]).toEqual([true, false, 0]);
	});

	test("who waits is granted room when others give it back, the first first, if it is enough", async () => {
		const budget = makeBudget();
		const [first, second, third] = [1, 2, 3].map(() => new Account(budget)) as [Account, Account, Account];
		for (const account of [first, second]) account.take(336);
		const seen: unknown[] = [];
		new Account(budget).wait(156, granted => seen.push(["large", granted]));
		new Account(budget).wait(66, granted => seen.push(["small", granted]));
		first.give(50);
		expect(seen).toEqual([]);
		await Promise.resolve();
		expect(seen.splice(0)).toEqual([["small", true]]);
		first.give(150);
		await Promise.resolve();
		third.wait(336, granted => seen.push(["third", granted]));
		third.close();
		expect([seen, budget.used]).toEqual([
			[
				["large", true],
				["third", false]
			],
			136 + 336 + 156 + 66
		]);
	});

	test("the largest content that is allowed has room, if there is so much at all", () => {
		for (const [largest, most] of [
			[300, 336],
			[400, 400],
			[900, 616]
		] as const) {
			const budget = new Budget(1000, 160, largest);
			budget.addPlaces(5, { relieve: () => {}, handling: 0 });
			expect(budget.most).toBe(most);
		}
	});

	test("two servers that share it have places in it each", () => {
		const budget = makeBudget();
		budget.addPlaces(5, { relieve: () => {}, handling: 0 });
		expect(budget.most).toBe(308);
	});

	test("whatever is taken and given in which order: the sum is right, never over the limit, and 0 at the end", () => {
		const step = fc.tuple(fc.nat(4), fc.integer({ min: -400, max: 400 }), fc.boolean());
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
					expect(budget.used).toBeLessThanOrEqual(840);
				}
				for (const { account } of charges) account.close();
				expect([budget.used, new Account(budget).take(336)]).toEqual([0, true]);
			})
		);
	});
});

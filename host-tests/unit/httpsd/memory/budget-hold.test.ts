import { describe, expect, test } from "@jest/globals";
import Account from "httpsd/memory/account";
import Budget from "httpsd/memory/budget";
import type { GiveBack } from "httpsd/memory/waiters";
import { makeBudget } from "./small-budget";

// The first: all servers count.
test("who holds something is alone where nobody is connected, and no other server has connections or holds anything", () => {
	const budgets = [1, 2].map(() => {
		const budget = new Budget(18_432, 3072, 0, undefined, 0, () => true);
		budget.addPlaces(4, { relieve: () => {}, handling: 0 });
		budget.begin();
		return budget;
	});
	const given: GiveBack[] = [];
	for (const budget of budgets) budget.hold(1000, giveBack => given.push(giveBack as GiveBack));
	const [first, second] = given as [GiveBack, GiveBack];
	expect(first.isAlone()).toBe(false);
	second();
	expect(first.isAlone()).toBe(true);
	for (const budget of budgets) {
		const connection = new Account(budget);
		expect(first.isAlone()).toBe(false);
		connection.close();
		connection.leave();
		expect(first.isAlone()).toBe(true);
	}
	first();
});

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

describe("Z12 what XS must have for connections while bytes are held", () => {
	/** What is asked for one more, beside two that are open. */
	function asked(bytes: number) {
		const all: [slots: number, chunks: number][] = [];
		const budget = new Budget(18_432, 3072, 0, undefined, 0, (...room) => all.push(room) > 0);
		budget.addPlaces(4, { relieve: () => {}, handling: 0 }, true);
		for (let open = 0; open < 2; open++) new Account(budget);
		const held: (GiveBack | undefined)[] = [];
		const ask = () => {
			all.length = 0;
			for (const has of [() => budget.hasRoomFor(1, 1), () => budget.hasRoomForEstablished(0)]) has();
			return [...all];
		};
		const before = ask();
		budget.hold(bytes, giveBack => void held.push(giveBack));
		const meanwhile = ask();
		held[0]?.();
		expect(ask()).toEqual(before);
		return { before, meanwhile };
	}

	// An application that held some, as one with a name in multicast DNS does for ever, was restarted by its clients.
	// 8,000 are more than is charged for what is no connection's.
	test.each([0, 1, 2048, 8000])("an application's %d bytes are there beside all that connections may take", bytes => {
		const { before, meanwhile } = asked(bytes);
		// As slots or as chunks: nobody knows when they are which.
		expect(meanwhile).toEqual(before.map(([slots, chunks]) => [slots + bytes, chunks + bytes]));
	});

	test("all that is wanted is there in XS before it is granted, though less is charged", () => {
		const all: number[] = [];
		const budget = new Budget(18_432, 3072, 0, undefined, 0, (_, chunks) => all.push(chunks) > 0);
		budget.addPlaces(4, { relieve: () => {}, handling: 0 });
		for (const bytes of [8000, 8001]) budget.hold(bytes, giveBack => giveBack?.());
		expect(all).toEqual([all[0], (all[0] as number) + 1]);
	});

	// Two servers' clients had the block twice: of what one held nobody asked who had no client of it.
	test("what another server holds is left to it, whether it has connections or not", () => {
		const asked: (readonly [slots: number, chunks: number])[] = [];
		const budgets = [1, 2].map(() => {
			const budget = new Budget(18_432, 3072, 0, undefined, 0, (...room) => asked.push(room) > 0);
			budget.addPlaces(4, { relieve: () => {}, handling: 0 });
			return budget;
		});
		const [holding, serving] = budgets as [Budget, Budget];
		const ask = () => {
			serving.hasRoomFor(1, 0);
			return asked.at(-1) as [number, number];
		};
		const [slots, chunks] = ask();
		let giveBack: GiveBack | undefined;
		holding.hold(4000, given => {
			giveBack = given;
		});
		expect(ask()).toEqual([slots + 4000, chunks + 4000]);
		giveBack?.took(1500, 500);
		expect(ask()).toEqual([slots + 2500, chunks + 3500]);
		giveBack?.();
		expect(ask()).toEqual([slots, chunks]);
	});

	// Clients who came and went left no moment in which an order at a CA had its room.
	test("what is waited for is left too where there is a connection, until it is given up", () => {
		let isThere = true;
		const asked: (readonly [slots: number, chunks: number])[] = [];
		const budget = new Budget(18_432, 3072, 0, undefined, 0, (...room) => asked.push(room) > 0 && isThere);
		budget.addPlaces(4, { relieve: () => {}, handling: 0 });
		const ask = () => {
			budget.hasRoomFor(1, 0);
			return asked.at(-1) as [number, number];
		};
		const alone = ask();
		const connection = new Account(budget);
		const [slots, chunks] = ask();
		isThere = false;
		budget.hold(4000, () => {});
		expect(ask()).toEqual([slots + 4000, chunks + 4000]);
		connection.close();
		connection.leave();
		expect(ask()).toEqual(alone);
	});
});

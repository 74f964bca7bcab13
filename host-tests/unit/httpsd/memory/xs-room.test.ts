// What XS has room for bounds what is granted, however much the budget would allow: XS keeps what its slots have taken.
import { expect, test } from "@jest/globals";
import Account from "httpsd/memory/account";
import Budget from "httpsd/memory/budget";
import { ciphertext, closingCosts, fixedCosts, handlerCost, idleCosts } from "httpsd/memory/costs";
import { isSecure } from "httpsd/server/check-io";
import { closingCost, content, limit, makeXS, much, piecesOf, places, reserve, slotsOf } from "./made-xs";

test("Z12 what a share covers is granted without a look at XS", () => {
	const { budget, asked } = makeXS({ free: 0, freeSlots: 0 });
	const account = new Account(budget);
	expect([account.take(budget.share), account.take(1), asked.length > 0]).toEqual([true, false, true]);
});

test.each([
	[-1, false],
	[0, true],
	[1, true]
])(
	"Z12 content is granted as long as XS has room for it beside all that needs not ask, and a connection more: %d bytes more, %s",
	(more, granted) => {
		// A connection with a head of its own is less.
		const bytes = 8900;
		const { budget, used } = makeXS({ ...much });
		const account = new Account(budget);
		account.take(budget.share);
		used.free = slotsOf(2, 1, 1) + budget.share + piecesOf(2, 1) + bytes + more;
		expect([account.take(bytes), budget.refused]).toEqual([granted, granted ? 0 : 1]);
	}
);

test("Z12 objects take slots that are free, and leave what content needs", () => {
	const { budget, used } = makeXS({ free: 0, freeSlots: Number.MAX_SAFE_INTEGER });
	used.free = budget.share + reserve + Math.max(piecesOf(1, 1), content / 2) - 1;
	const account = new Account(budget);
	expect(account.take(fixedCosts.content, true)).toBe(false);
	used.free++;
	expect(account.take(fixedCosts.content, true)).toBe(true);
});

test("Z12 of a handler that is under way all is taken, and so is what connections hold of their shares", () => {
	const { budget, asked } = makeXS({ ...much }, { relieve: () => {}, handling: 1 });
	new Account(budget).take(100);
	new Account(budget);
	budget.hasRoomFor(0, 0);
	expect(asked).toEqual([[slotsOf(1, 0, 0) + reserve, 2 * budget.share - 100 + piecesOf(2, 0) + reserve]]);
});

test("Z12 of connections that TLS closes already all is taken", () => {
	const { budget, asked } = makeXS({ ...much });
	for (const closing of [0, 1, closingCosts.most, closingCosts.most + 1]) budget.hasRoomFor(1, 1, closing);
	const taken = asked.map(([slots]) => (asked[0]?.[0] as number) - slots);
	expect(taken).toEqual([0, closingCosts.each, closingCost, closingCost]);
});

test("Z12 more connections than places are not counted for, but their handshakes", () => {
	const { budget, asked } = makeXS({ ...much });
	for (let open = 0; open < places; open++) new Account(budget);
	budget.hasRoomFor(2, 2);
	expect(asked[0]).toEqual([slotsOf(places, 0, 2) + reserve, places * budget.share + piecesOf(places, 2) + reserve]);
});

test("Z12 a connection whose client has left is no longer open, though its handler goes on and holds", () => {
	const { budget } = makeXS({ ...much });
	const [left, other] = [new Account(budget), new Account(budget)] as const;
	left.take(100);
	left.leave();
	expect([budget.open, budget.used]).toEqual([1, 100]);
	other.take(budget.share + 1);
	left.close();
	expect([budget.open, budget.used]).toEqual([1, budget.share + 1]);
});

test("Z12 what TLS has read, reads, sends and closes unasked is kept back, and nothing for plain HTTP", () => {
	const [plain, secure] = [false, true].map(isSecure => {
		const budget = new Budget(limit, reserve, 0, undefined, 0, () => true);
		budget.addPlaces(places, { relieve: () => {}, handling: 0 }, isSecure);
		return budget.roomFor(1, isSecure ? 1 : 0);
	});
	expect((secure?.chunks as number) - (plain?.chunks as number)).toBe(piecesOf(1, 1));
	expect((secure?.slots as number) - (plain?.slots as number)).toBe(closingCost + idleCosts.handshake);
	const io = Object.assign(class {}, { optionNames: { port: true, secure: true } });
	expect([io, class {}].map(each => isSecure(each as never))).toEqual([true, false]);
});

test("Z12 a server begins with slots for as many connections as XS has room for", () => {
	const { budget, used, asked } = makeXS({ ...much });
	used.free = 0;
	budget.begin();
	expect(asked.length).toBe(places - 1);
});

test("Z12 two servers do not promise the same room: each leaves what open connections of the other may take", () => {
	const [one, other] = [makeXS({ ...much }), makeXS({ ...much })];
	for (const { budget } of [one, other]) budget.begin();
	const asked = () => {
		one.budget.hasRoomFor(1, 1);
		return one.asked[one.asked.length - 1] as [slots: number, chunks: number];
	};
	const [slots, chunks] = asked();
	const accounts = [new Account(other.budget), new Account(other.budget)];
	const { share } = other.budget;
	expect(asked()).toEqual([slots + 2 * handlerCost, chunks + 2 * (share + ciphertext.read)]);
	// What is held already is not promised.
	accounts[0]?.take(share);
	expect(asked()).toEqual([slots + 2 * handlerCost, chunks + share + 2 * ciphertext.read]);
	for (const account of accounts) {
		account.close();
		account.leave();
	}
	expect(asked()).toEqual([slots, chunks]);
});

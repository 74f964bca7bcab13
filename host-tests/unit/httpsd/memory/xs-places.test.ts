// A connection is accepted where XS has room for all that it may take, and beside others for content of one of them: else none had any.
import { expect, test } from "@jest/globals";
import Account from "httpsd/memory/account";
import { fixedCosts, handlerCost } from "httpsd/memory/costs";
import { makeXS, much, piecesOf, reserve, slotsOf } from "./made-xs";

// Two with content waited two seconds each for the room of a third that could not come, and were refused.
test.each([
	[-1, false],
	[0, true],
	[1, true]
])(
	"Z12 where XS has no room for a connection more none is kept back for it, but for its handshake: %d bytes more, %s",
	(more, granted) => {
		const bytes = 2048;
		const { budget, used } = makeXS({ ...much });
		const account = new Account(budget);
		account.take(budget.share);
		used.free = slotsOf(1, 0, 1) + piecesOf(1, 1) + bytes + more;
		expect([budget.hasRoomFor(1, 1), account.take(bytes)]).toEqual([false, granted]);
	}
);

test.each([1, 2, 3, 4])(
	"Z12 connection %d is accepted where XS has room for all that so many may take, and beside others for content of one, and not with a byte less",
	nth => {
		const { budget, used } = makeXS({ ...much });
		for (let open = 1; open < nth; open++) new Account(budget);
		const shares = nth * budget.share;
		const request = nth === 1 ? 0 : fixedCosts.content - handlerCost;
		const needed = slotsOf(nth, 1, 1) + reserve + request + shares + piecesOf(nth, 1) + reserve;
		const answers = [-1, 0, 1].map(more => {
			used.free = needed + more;
			return budget.hasRoomFor(1, 1);
		});
		expect(answers).toEqual([false, true, true]);
	}
);

test("Z12 a connection is accepted beside one that holds content where XS has room for all that both may take besides", () => {
	const { budget, asked } = makeXS({ ...much });
	const account = new Account(budget);
	const more = [budget.share + fixedCosts.content - handlerCost - 1, 1, handlerCost].map(bytes => {
		account.take(bytes);
		budget.hasRoomFor(1, 1);
		return (asked[asked.length - 1]?.[0] as number) - slotsOf(2, 1, 1) - reserve;
	});
	expect(more).toEqual([1, 0, 0]);
});

// What they held was taken off the shares of those that are open: up to 1.3 kB each, for handlers whose clients had left.
test("Z12 shares of who has left, and whose handler goes on, are left to him beside those of others", () => {
	const { budget, asked } = makeXS({ ...much });
	const gone = new Account(budget);
	gone.take(500);
	gone.leave();
	const shares = () => {
		asked.length = 0;
		budget.hasRoomFor(1, 1);
		return asked[0]?.[1];
	};
	const before = shares() as number;
	gone.close();
	expect(before - (shares() as number)).toBe(budget.share - 500);
	const open = new Account(budget);
	open.close();
	open.leave();
	expect(shares()).toBe(before - (budget.share - 500));
});

// What XS has room for bounds what is granted, however much the budget would allow: XS keeps what its slots have taken.
import { expect, test } from "@jest/globals";
import Account from "httpsd/memory/account";
import Budget from "httpsd/memory/budget";
import { ciphertext, fixedCosts, handlerCost, idleCosts } from "httpsd/memory/costs";
import { isSecure } from "httpsd/server/check-io";

const places = 4;
const limit = 18_432;
/** For a head. */
const reserve = 3072;
/** Of TLS. */
const pieces = ciphertext.read * places + ciphertext.sent;
/** What content takes beside its objects. */
const content = 5632;

/** XS's block, of which `used.slots` and `used.chunks` are taken: slots have been more, and are kept. */
function makeXS(used: { free: number; freeSlots: number }) {
	const asked: [slots: number, chunks: number][] = [];
	const hasRoom = (slots: number, chunks: number) => {
		asked.push([slots, chunks]);
		return Math.max(0, slots - used.freeSlots) + chunks <= used.free;
	};
	const budget = new Budget(limit, reserve, fixedCosts.content + content, undefined, 0, hasRoom);
	budget.addPlaces(places, () => {}, true);
	return { budget, asked, used };
}

test("Z12 what a share covers is granted without a look at XS", () => {
	const { budget, asked } = makeXS({ free: 0, freeSlots: 0 });
	const account = new Account(budget);
	expect([account.take(budget.share), account.take(1), asked.length > 0]).toEqual([true, false, true]);
});

test("Z12 content is granted as long as XS has room for it beside all that needs not ask, and not a byte more", () => {
	const bytes = 2048;
	for (const [short, granted] of [
		[0, true],
		[1, false]
	] as const) {
		const { budget, used } = makeXS({ free: Number.MAX_SAFE_INTEGER, freeSlots: 0 });
		const account = new Account(budget);
		account.take(budget.share);
		const others = (places - 1) * budget.share;
		used.free = others + pieces + (places - 1) * idleCosts.connection + places * idleCosts.handshake + bytes - short;
		expect([account.take(bytes), budget.refused]).toEqual([granted, granted ? 0 : 1]);
	}
});

test("Z12 objects take slots that are free, and leave what content needs", () => {
	const { budget, used } = makeXS({ free: 0, freeSlots: Number.MAX_SAFE_INTEGER });
	used.free = places * budget.share + reserve + Math.max(pieces, content / 2) - 1;
	const account = new Account(budget);
	expect(account.take(fixedCosts.content, true)).toBe(false);
	used.free++;
	expect(account.take(fixedCosts.content, true)).toBe(true);
});

test("Z12 a connection counts while it is open", () => {
	const { budget, asked } = makeXS({ free: Number.MAX_SAFE_INTEGER, freeSlots: 0 });
	const accounts = [1, 2, 3].map(() => new Account(budget));
	accounts[0]?.take(budget.share + 1);
	accounts[1]?.close();
	accounts[1]?.leave();
	accounts[2]?.take(budget.share + 1);
	expect(asked.map(([slots]) => slots)).toEqual(
		[1, 2].map(free => free * idleCosts.connection + places * idleCosts.handshake)
	);
});

test("Z12 a connection whose client has left is no longer open, though its handler goes on and holds", () => {
	const { budget, asked } = makeXS({ free: Number.MAX_SAFE_INTEGER, freeSlots: 0 });
	const [left, other] = [new Account(budget), new Account(budget)] as const;
	left.take(100);
	left.leave();
	expect([budget.open, budget.used]).toEqual([1, 100]);
	other.take(budget.share + 1);
	expect(asked[0]?.[0]).toBe((places - 1) * idleCosts.connection + places * idleCosts.handshake);
	left.close();
	expect([budget.open, budget.used]).toEqual([1, budget.share + 1]);
});

test("Z12 one handler more than there are places wants room beside all that need not ask", () => {
	const { budget, asked } = makeXS({ free: Number.MAX_SAFE_INTEGER, freeSlots: 0 });
	expect(budget.hasRoomForHandler).toBe(true);
	const unasked = places * budget.share + reserve;
	const others = places * (idleCosts.connection + idleCosts.handshake);
	expect(asked).toEqual([[others + unasked + handlerCost, unasked + pieces]]);
});

test("Z12 what TLS has read, reads and sends unasked is kept back, and nothing for plain HTTP", () => {
	const asked = [false, true].map(isSecure => {
		let chunks = 0;
		const budget = new Budget(limit, reserve, 0, undefined, 0, (_, wanted) => {
			chunks = wanted;
			return true;
		});
		budget.addPlaces(places, () => {}, isSecure);
		new Account(budget).take(budget.share + 1);
		return chunks;
	});
	expect((asked[1] as number) - (asked[0] as number)).toBe(pieces);
	const secure = Object.assign(class {}, { optionNames: { port: true, secure: true } });
	expect([secure, class {}].map(io => isSecure(io as never))).toEqual([true, false]);
});

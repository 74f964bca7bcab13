// XS's block, as far as a budget asks for it, and what is asked.
import Budget from "httpsd/memory/budget";
import { ciphertext, closingCosts, fixedCosts, handlerCost, idleCosts } from "httpsd/memory/costs";

export const places = 4;
export const limit = 18_432;
/** For a head. */
export const reserve = 3072;
/** What content takes beside its objects. */
export const content = 5632;

/** XS's block, of which so many bytes are free: slots have been more, and are kept. */
export function makeXS(used: { free: number; freeSlots: number }, placed = { relieve: () => {}, handling: 0 }) {
	const asked: [slots: number, chunks: number][] = [];
	const hasRoom = (slots: number, chunks: number) => {
		asked.push([slots, chunks]);
		return Math.max(0, slots - used.freeSlots) + chunks <= used.free;
	};
	const budget = new Budget(limit, reserve, fixedCosts.content + content, undefined, 0, hasRoom);
	budget.addPlaces(places, placed, true);
	return { budget, asked, used };
}

/** Of all that TLS may close. */
export const closingCost = closingCosts.each * closingCosts.most;
/** What `all` places take unasked as slots, of which `more` are those of connections that may come, with so many handshakes. */
export const slotsOf = (all: number, more: number, handshakes: number) =>
	more * idleCosts.connection + all * handlerCost + closingCost + handshakes * idleCosts.handshake;
/** The same as chunks, but for what is a share's. */
export const piecesOf = (all: number, handshakes: number) => ciphertext.read * (all + handshakes) + ciphertext.sent;
export const much = { free: Number.MAX_SAFE_INTEGER, freeSlots: 0 };

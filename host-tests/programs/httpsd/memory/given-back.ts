// Slots in XS's memory of a device, many at once and let go: chunks have them then, as slots again, and so on. XS aborts where it counts wrongly.

import { gc, memory } from "desk";
import { hasRoomInXS } from "httpsd/heap/xs-room";

interface Link {
	next?: Link;
}

/** So many objects of two slots, each of which knows the next. */
function make(count: number): Link {
	let first: Link = {};
	for (let left = count; left > 0; left--) first = { next: first };
	return first;
}

function count(first: Link): number {
	let found = 0;
	for (let { next } = first; next !== undefined; { next } = next) found++;
	return found;
}

const reserved = () => memory().device?.slots.reserved ?? 0;
const free = memory().device?.block.free ?? 0;
/** Half of the block's slots. */
const many = Math.floor(free / 2 / 32);
/** Bytes that chunks have only with some of them. */
const asked = Math.floor(free * 0.6);
const stays = make(20);
const made: Link[] = [];
for (let round = 0; round < 20; round++) {
	made.push(make(many));
	const before = reserved();
	const inUse = hasRoomInXS(0, asked);
	made.pop();
	const isThere = hasRoomInXS(0, asked);
	trace(`in use: ${inUse}, free: ${isThere}, ${before > reserved() ? "fewer" : "as many"} slots\n`);
	const chunk = new Uint8Array(asked).fill(round);
	if (chunk[asked - 1] !== round || count(stays) !== 20) throw new Error("Something was lost");
}
made.push(make(many));
// XS takes the lowest last.
const lowest = make(20);
made.pop();
gc();
trace(`one is in use below them: ${hasRoomInXS(0, asked)}, ${count(lowest)}\n`);

// What a module keeps that changes. A test preloads it, or does not.

let count = 0;
const table = { last: "none" };
const kept = new Map();

/** The n-th call, and what the one before had kept. */
export function note(text) {
	const { last } = table;
	table.last = text;
	count += 1;
	return `${count} after ${last}`;
}

export const keep = text => kept.set(text, text).size;

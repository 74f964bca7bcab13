// By 32-bit XS: a slot is 16 bytes. An item of an array is a slot while it is parsed, and another in the array; a property
// is one slot, an array two, an object one; a text has a header and is rounded up. Counted by native calls, as depth is.

const separators = Object.freeze([0x2c, 0x5b, 0x7b] as const);
const quote = 0x22;
const valueCost = 32;
/** Half of what a text takes beside its characters: it has two quotes. */
const quoteCost = 8;

/** Bytes that XS takes at most for the values of a text that may be JSON; above `max`, anything above it. */
export const estimateJson = (json: ArrayBuffer, max: number): number => {
	const bytes = new Uint8Array(json);
	let cost = bytes.length + valueCost;
	// Each value but the first is behind a comma, or the first in an array or object.
	for (let index = 0; index < separators.length; index++)
		cost += addUp(bytes, separators[index] as number, index === 0 ? valueCost : 2 * valueCost, max - cost);
	return cost + addUp(bytes, quote, quoteCost, max - cost);
};

/** `cost` for each time that a byte is there, as far as `max`. */
const addUp = (bytes: Uint8Array, byte: number, cost: number, max: number): number => {
	let sum = 0;
	for (let at = bytes.indexOf(byte); at >= 0 && sum <= max; at = bytes.indexOf(byte, at + 1)) sum += cost;
	return sum;
};

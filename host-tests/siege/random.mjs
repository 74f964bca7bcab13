// Numbers that a seed repeats.

/** A sequence of numbers below 1, the same for the same seed. */
export function sequence(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function dice(seed) {
	const next = sequence(seed);
	return {
		/** A whole number from `least` to `most`, both included. */
		upTo: (least, most) => least + Math.floor(next() * (most - least + 1)),
		/** A length of which small, middling and large ones are equally likely. */
		length: most => Math.floor(most ** next()),
		pick: list => list[Math.floor(next() * list.length)],
		bytes: count => Buffer.from(Array.from({ length: count }, () => Math.floor(next() * 256)))
	};
}

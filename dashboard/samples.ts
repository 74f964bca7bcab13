import type { Snapshot } from "./messages";

/** Points that charts have: five minutes at two seconds. */
const kept = 150;

/** What is drawn of the time between two snapshots; `null` is a gap. */
export interface Sample {
	/** Seconds since 1970, by this browser's clock. */
	readonly at: number;
	readonly requests: number | null;
	readonly median: number | null;
	readonly slowest: number | null;
	readonly full: number | null;
	readonly resumed: number | null;
	readonly held: number | null;
	readonly peak: number | null;
	readonly free: number | null;
	readonly block: number | null;
	readonly slots: number | null;
	readonly chunks: number | null;
	readonly taken: number | null;
}

const nothing = {
	requests: null,
	median: null,
	slowest: null,
	full: null,
	resumed: null,
	held: null,
	peak: null,
	free: null,
	block: null,
	slots: null,
	chunks: null,
	taken: null
};

/**
 * Milliseconds within which that part of the responses were, read from their classes; `null` without any. In the last class, which has no
 * end, it is where that begins.
 */
export function quantile(counts: readonly number[], bounds: readonly number[], part: number): number | null {
	const all = counts.reduce((sum, count) => sum + count, 0);
	if (all === 0) return null;
	let left = part * all;
	for (const [index, bound] of bounds.entries()) {
		const count = counts[index] ?? 0;
		const from = bounds[index - 1] ?? 0;
		if (left <= count) return from + (bound - from) * (count === 0 ? 0 : left / count);
		left -= count;
	}
	return bounds.at(-1) ?? 0;
}

/** Makes rates of counts. */
export class Samples {
	readonly all: Sample[] = [];
	#before: Snapshot | undefined;
	#bounds: readonly number[] = [];

	begin(bounds: readonly number[]): void {
		this.#bounds = bounds;
	}

	/** The connection was lost, or nobody looked: no line is drawn over that time. */
	pause(): void {
		if (this.#before !== undefined) this.#push({ at: Date.now() / 1000, ...nothing });
		this.#before = undefined;
	}

	add(now: Snapshot): void {
		const before = this.#before;
		// A server that has started anew counts from 0.
		if (before !== undefined && now.time > before.time) this.#push({ ...nothing, ...this.#rates(before, now) });
		this.#before = now;
	}

	#rates(before: Snapshot, now: Snapshot) {
		const seconds = (now.time - before.time) / 1000;
		const [done = 0, resumed = 0] = now.handshakes ?? [];
		const [doneBefore = 0, resumedBefore = 0] = before.handshakes ?? [];
		const counts = now.latency.map((count, index) => Math.max(0, count - (before.latency[index] ?? 0)));
		return {
			at: Date.now() / 1000,
			requests: (now.requests - before.requests) / seconds,
			median: quantile(counts, this.#bounds, 0.5),
			slowest: quantile(counts, this.#bounds, 0.95),
			full: (done - doneBefore - (resumed - resumedBefore)) / seconds,
			resumed: (resumed - resumedBefore) / seconds,
			held: now.memory[0],
			peak: now.memory[1],
			free: now.heap[0],
			block: now.heap[1],
			slots: now.xs[0],
			chunks: now.xs[1],
			taken: now.xs[2]
		};
	}

	#push(sample: Sample): void {
		this.all.push(sample);
		if (this.all.length > kept) this.all.shift();
	}
}

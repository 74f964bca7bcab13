/** Fields of xs_tls_heap by number. */
const field = { free: 0, largestBlock: 1, used: 2, peak: 3 } as const;

function measure(this: unknown, which: number): number | undefined {
	return native("xs_tls_heap").call(this, which);
}

export interface Heap {
	/** Bytes of C heap that are free; `undefined` where the platform sets no bound. */
	readonly free: number | undefined;
	/** The largest block that can be had, bytes. */
	readonly largestBlock: number | undefined;
	/** Bytes that TLS holds now; `undefined` unless built with TLS_ALLOC_COUNT. */
	readonly used: number | undefined;
	/** The most that TLS has held, bytes. */
	readonly peak: number | undefined;
}

/** What the C heap has left and what TLS takes of it. */
export function measureHeap(): Heap {
	return {
		free: measure(field.free),
		largestBlock: measure(field.largestBlock),
		used: measure(field.used),
		peak: measure(field.peak)
	};
}

/** The largest block of C heap that can be had, bytes; `undefined` where the platform sets no bound. */
export function measureLargestBlock(this: unknown): number | undefined {
	return native("xs_tls_heap").call(this, field.largestBlock);
}

/** Fields of xs_xstls_heap by number. */
const field = Object.freeze({ free: 0, largestBlock: 1, used: 2, peak: 3 } as const);

function measure(this: unknown, which: number): number | undefined {
	return native("xs_xstls_heap").call(this, which);
}

export interface Heap {
	/** Bytes of C heap that are free; `undefined` where the platform sets no bound. */
	readonly free: number | undefined;
	/** Bytes of the largest block that can be allocated. */
	readonly largestBlock: number | undefined;
	/** Bytes that TLS has allocated; `undefined` unless built with TLS_ALLOC_COUNT. */
	readonly used: number | undefined;
	/** The most bytes that TLS has had allocated. */
	readonly peak: number | undefined;
}

/** How much of the C heap is free, and how much TLS has allocated. */
export const measureHeap = (): Heap => {
	return {
		free: measure(field.free),
		largestBlock: measure(field.largestBlock),
		used: measure(field.used),
		peak: measure(field.peak)
	};
};

/** Bytes of the largest block of C heap that can be allocated; `undefined` where the platform sets no bound. */
export const measureLargestBlock = (): number | undefined => {
	return measure(field.largestBlock);
};

/** Bytes of XS's memory. */
export interface XSHeap {
	/** In use by slots, with those that are garbage. */
	readonly slots: number;
	/** In use by chunks. */
	readonly chunks: number;
	/** What XS has taken for both. Of a block of a fixed length, as a device has, the rest is free. */
	readonly taken: number;
}

/** Fields of xs_xstls_xs_heap by number. */
const field = Object.freeze({ slots: 0, chunks: 1, taken: 2 } as const);

function measure(this: unknown, which: number): number {
	return native("xs_xstls_xs_heap").call(this, which);
}

/** How much of XS's memory is in use. */
export const measureXS = (): XSHeap => {
	return { slots: measure(field.slots), chunks: measure(field.chunks), taken: measure(field.taken) };
};

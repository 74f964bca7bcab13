// The C heap of a desk with a device's memory (VARIANT=device), for tests: blocks as C takes them.

/** A number that stands for a block of `size` bytes, undefined when there is none. */
export function take(size) {
	return native("xs_desk_c_heap_take").call(undefined, size);
}

/** Frees what take gave. */
export function give(block) {
	return native("xs_desk_c_heap_give").call(undefined, block);
}

// Forced lack of memory (host-tests/desk/tls/alloc-fault.c).

/** The n-th allocation of TLS from now fails, and only that; 0: none does. */
export function failAllocation(n) {
	native("xs_desk_fail_allocation").call(undefined, n);
}

/** How many TLS has asked for since the start. */
export function countAllocations() {
	return native("xs_desk_count_allocations").call(undefined);
}

// What only a desk has. A module that runs on devices too cannot import this; its main module may export a function
// `stop`, which is called as if it had been given to onStop.

/** Ends the process with this status, at once. */
export function exit(code) {
	return native("xs_desk_exit").call(undefined, code);
}

/** Calls `handler` at the first SIGTERM or SIGINT. The process then ends when nothing is left to wait for. */
export function onStop(handler) {
	return native("xs_desk_onStop").call(undefined, handler);
}

/** Collects garbage. */
export function gc() {
	return native("xs_desk_gc").call(undefined);
}

/** Milliseconds that this process has had of a processor: what others have of it meanwhile does not count. */
export function processorTime() {
	return native("xs_desk_processorTime").call(undefined);
}

/** What slots are for, once garbage has been collected: [instances, slots] by class. */
export function census() {
	return native("xs_desk_census").call(undefined);
}

/**
 * Bytes: { chunks, slots } in use, { heap } that XS took for both, { allocated } by everything else. With VARIANT=device
 * also { device }: of XS's { block } { size, free, lowestFree, largestChunk }, what of it { stack }, { chunks } and { slots }
 * have; of the C { heap } { size, free, lowestFree, largestBlock }, and how many blocks there are and how many could not be
 * had.
 */
export function memory() {
	return native("xs_desk_memory").call(undefined);
}

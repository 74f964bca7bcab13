// What device-chip.c does.

/** Starts the network. @throws {Error} where the emulator has no network card */
export function join(): void {
	native("xs_chip_join").call(undefined);
}

/** Writes to the serial port. */
export function print(text: string): void {
	native("xs_chip_print").call(undefined, text);
}

/** Bytes of the XS task's stack that were never in use. */
export function measureUnusedStack(): number {
	return native("xs_chip_stack").call(undefined);
}

/** Microseconds since the start in which the processor was not idle. */
export function measureBusy(): number {
	return native("xs_chip_busy").call(undefined);
}

/** Bytes: the least of the C heap that was ever free. */
export function measureLowestHeap(): number {
	return native("xs_chip_lowest").call(undefined);
}

/** Bytes of XS's block that neither slots nor chunks have taken. */
export function measureBlock(): number {
	return native("xs_chip_block").call(undefined);
}

/** Collects garbage. */
export function collect(): void {
	native("xs_chip_collect").call(undefined);
}

/** Bytes of slots in use. */
export function measureSlots(): number {
	return native("xs_chip_slots").call(undefined);
}

/** Bytes of slots, in use or not: they never become chunks again. */
export function measureTakenSlots(): number {
	return native("xs_chip_slots_taken").call(undefined);
}

/** Bytes of chunks in use. */
export function measureChunks(): number {
	return native("xs_chip_chunks").call(undefined);
}

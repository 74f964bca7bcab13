/**
 * Whether XS's block has room for so many bytes of slots and of chunks more, when all garbage is collected. Always, where XS takes what
 * it wants from the system. Both are asked for: chunks may get slots that are free only where none is in use below them.
 */
export function hasRoomInXS(this: unknown, slots: number, chunks: number): boolean {
	return native("xs_xstls_xs_has_room").call(this, slots, chunks);
}

/** Bytes that XS's block has room for at most, when all garbage is collected; -1 where it takes what it wants from the system. */
export function xsLeft(this: unknown): number {
	return native("xs_xstls_xs_left").call(this);
}

/**
 * Has XS's slots and chunks be so many bytes more, if its block has as many: what is free of both decides how often garbage is collected.
 * Slots take back what chunks do not use.
 * @returns whether it has.
 */
export function makeRoomInXS(this: unknown, slots: number, chunks: number): boolean {
	return native("xs_xstls_xs_make_room").call(this, slots, chunks);
}

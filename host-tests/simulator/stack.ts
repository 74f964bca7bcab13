// XS's stack, in slots.

/** Begins to measure. */
export function paintStack(): void {
	native("xs_stack_paint").call(undefined);
}

/** Slots that have been in use at once since `paintStack()`. */
export function deepestStack(): number {
	return native("xs_stack_deepest").call(undefined) as number;
}

/** Slots that there are. */
export function stackSize(): number {
	return native("xs_stack_size").call(undefined) as number;
}

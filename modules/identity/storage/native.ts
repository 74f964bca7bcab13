import type { Bytes } from "../bytes";

/** CRC-32 of IEEE 802.3. */
export function crc32(this: unknown, bytes: Bytes): number {
	return native("xs_xstls_crc32").call(this, bytes);
}

/** Which slot of a flash image is valid and newest: 0, 1, or −1 for none. */
export function findSlot(this: unknown, partition: Bytes): number {
	return native("xs_xstls_image_current").call(this, partition);
}

/** Bytes of a slot that are in use, from its start; 0 when it is empty, incomplete or damaged. */
export function checkSlot(this: unknown, slot: Bytes): number {
	return native("xs_xstls_image_check_slot").call(this, slot);
}

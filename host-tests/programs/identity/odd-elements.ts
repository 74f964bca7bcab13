// DER that is filled with whatever there is room for, and what looking at it takes of XS's block at most, on the device-sized desk.

import { type DeviceMemory, gc, memory } from "desk";
import { totalLength } from "text/join-bytes";

/** With a length of two bytes. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
	const length = totalLength(parts);
	const bytes = new Uint8Array(4 + length);
	bytes.set([tag, 0x82, length >> 8, length & 255]);
	let at = 4;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

export function repeated(part: readonly number[], count: number): Uint8Array {
	return new Uint8Array(part.length * count).map((_, at) => part[at % part.length] as number);
}

const lowest = () => (memory().device as DeviceMemory).block.lowestFree;

/** Prints what it says or throws, and the bytes by which there was less free than ever before. */
export function attempt(what: string, act: () => unknown): void {
	gc();
	const before = lowest();
	let said: unknown;
	try {
		said = act();
	} catch (error) {
		said = (error as Error).name;
	}
	trace(`${what}: ${String(said)} took ${before - lowest()}\n`);
}

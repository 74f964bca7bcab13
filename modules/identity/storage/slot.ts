import type { Bytes } from "../bytes";
import { checkSlot, crc32 } from "./native";

/** Types of entries, by number; the layout is described in certs/lib/images/flash.ts. */
export const entryType = { ca: 1, certificate: 2, key: 3, psk: 4, notes: 5 } as const;
Object.freeze(entryType);
export type EntryType = keyof typeof entryType;

/** What an entry is for, bits. With an authority's key and certificate a device signs its own certificates. */
export const entryRole = { server: 1, client: 2, both: 3, authority: 4 } as const;
Object.freeze(entryRole);
export type EntryRole = keyof typeof entryRole;

export interface ImageEntry {
	readonly type: EntryType;
	/** Bits of `entryRole`. */
	readonly role: number;
	/** In the image's own memory; certificates and keys are DER. */
	readonly data: Uint8Array;
}

const magic = 0x44495358; // "XSID"
const versionAndHeader = 0x2001; // version 1, header of 32 bytes
const headerSize = 32;
const entryHeaderSize = 8;

/** What a slot says of itself. */
export interface Slot {
	/** Higher than that of every image before it. */
	readonly sequence: number;
	/** Milliseconds since 1970 when it was made. */
	readonly made: number;
	readonly entries: readonly ImageEntry[];
}

/** The slot at the start of `bytes`; `undefined` when it is empty, incomplete or damaged. */
export const readSlot = (bytes: Uint8Array): Slot | undefined => {
	const used = checkSlot(bytes);
	if (used === 0) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, used);
	return {
		sequence: view.getUint32(8, true),
		made: 1000 * view.getUint32(16, true),
		entries: readEntries(view, used)
	};
};

const readEntries = (slot: DataView, used: number): ImageEntry[] => {
	const entries: ImageEntry[] = [];
	let at = headerSize;
	while (at < used) {
		const length = slot.getUint32(at + 4, true);
		const number = slot.getUint8(at);
		const type = (Object.keys(entryType) as EntryType[]).find(name => entryType[name] === number);
		const data = new Uint8Array(slot.buffer, slot.byteOffset + at + entryHeaderSize, length);
		// Types of later versions are skipped.
		if (type !== undefined) entries.push({ type, role: slot.getUint8(at + 1), data });
		at += entryHeaderSize + padded(length);
	}
	return entries;
};

const padded = (length: number): number => {
	return (length + 3) & ~3;
};

/** Data, also in pieces. */
export type NewEntry = readonly [type: EntryType, role: EntryRole, data: Data | readonly Data[]];
type Data = ArrayBuffer | Uint8Array;

const lengthOf = (data: Data | readonly Data[]): number => {
	return Array.isArray(data) ? data.reduce((sum, each) => sum + lengthOf(each), 0) : (data as Data).byteLength;
};

const copy = (data: Data | readonly Data[], to: Uint8Array, at: number): void => {
	if (Array.isArray(data)) {
		for (const each of data) {
			copy(each, to, at);
			at += each.byteLength;
		}
	} else to.set(data instanceof Uint8Array ? data : new Uint8Array(data as ArrayBuffer), at);
};

/** A slot with these entries; `made` is in milliseconds since 1970. It is not padded to the size of a slot. */
export const encodeSlot = (sequence: number, made: number, entries: readonly NewEntry[]): ArrayBuffer => {
	const length = entries.reduce((sum, [, , data]) => sum + entryHeaderSize + padded(lengthOf(data)), 0);
	const slot = new ArrayBuffer(headerSize + length);
	const view = new DataView(slot);
	let at = headerSize;
	for (const [type, role, data] of entries) {
		view.setUint8(at, entryType[type]);
		view.setUint8(at + 1, entryRole[role]);
		view.setUint32(at + 4, lengthOf(data), true);
		copy(data, new Uint8Array(slot), at + entryHeaderSize);
		at += entryHeaderSize + padded(lengthOf(data));
	}
	view.setUint32(0, magic, true);
	view.setUint16(4, versionAndHeader, true);
	view.setUint32(8, sequence, true);
	view.setUint32(12, length, true);
	view.setUint32(16, Math.floor(made / 1000), true);
	view.setUint32(20, checksum(slot, headerSize, length), true);
	view.setUint32(28, checksum(slot, 0, 28), true);
	return slot;
};

const checksum = (bytes: ArrayBuffer, at: number, length: number): number => {
	return crc32(new Uint8Array(bytes, at, length) as Bytes);
};

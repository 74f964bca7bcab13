import CredentialsError from "./error";
import { type Bytes, checkSlot, crc32, findSlot } from "./native";

/** Types of entries, by number; the layout is described in certs/lib/images/flash.ts. */
export const entryType = Object.freeze({ ca: 1, certificate: 2, key: 3, psk: 4 } as const);
export type EntryType = keyof typeof entryType;

/** What an entry is for, bits. With an authority's key and certificate a device signs its own certificates. */
export const entryRole = Object.freeze({ server: 1, client: 2, both: 3, authority: 4 } as const);
export type EntryRole = keyof typeof entryRole;

export interface ImageEntry {
	readonly type: EntryType;
	/** Bits of `entryRole`. */
	readonly role: number;
	/** In the image's own memory; certificates and keys are DER. */
	readonly data: Uint8Array;
}

export interface PreSharedKey {
	readonly identity: string;
	readonly key: Uint8Array;
}

const magic = 0x44495358; // "XSID"
const versionAndHeader = 0x2001; // version 1, header of 32 bytes
const headerSize = 32;
const entryHeaderSize = 8;

/** Credentials as `certs flash` writes them: one slot of the image, which stays where it is. */
export default class Image {
	/** Higher than that of every image before it. */
	readonly sequence: number;
	/** Milliseconds since 1970 when it was made. A clock that shows less is wrong, and `Credentials` ignores it. */
	readonly made: number;
	readonly entries: readonly ImageEntry[];

	private constructor(slot: DataView, used: number) {
		this.sequence = slot.getUint32(8, true);
		this.made = 1000 * slot.getUint32(16, true);
		this.entries = readEntries(slot, used);
	}

	/**
	 * The valid slot of a partition: the newest that was written completely.
	 * @throws {CredentialsError} `IMAGE_INVALID` when there is none
	 */
	static fromPartition(partition: ArrayBuffer | HostBuffer): Image {
		const slot = findSlot(partition);
		if (slot < 0) {
			throw new CredentialsError(
				"IMAGE_INVALID",
				"No slot of the flash image is whole",
				"node certs/bin/certs.mjs flash, then the line that it prints"
			);
		}
		const half = partition.byteLength >> 1;
		return Image.fromSlot(new Uint8Array(partition as ArrayBuffer, slot * half, half)) as Image;
	}

	/** A single slot, as a {@link Store} returns it; `undefined` when it is empty, incomplete or damaged. */
	static fromSlot(slot: Uint8Array): Image | undefined {
		const used = checkSlot(slot);
		return used === 0 ? undefined : new Image(new DataView(slot.buffer, slot.byteOffset, used), used);
	}

	/** The data of all entries of that type whose roles include `role`. */
	find(type: EntryType, role: EntryRole): Uint8Array[] {
		const wanted = entryRole[role];
		return this.entries
			.filter(entry => entry.type === type && (entry.role & wanted) === wanted)
			.map(({ data }) => data);
	}

	/** The pre-shared keys for `role`. */
	findPSKs(role: EntryRole): PreSharedKey[] {
		return this.find("psk", role).map(data => {
			const end = 1 + (data[0] ?? 0);
			return { identity: String.fromArrayBuffer(data.slice(1, end).buffer), key: data.subarray(end) };
		});
	}
}

function readEntries(slot: DataView, used: number): ImageEntry[] {
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
}

function padded(length: number): number {
	return (length + 3) & ~3;
}

export type NewEntry = readonly [type: EntryType, role: EntryRole, data: ArrayBuffer | Uint8Array];

/** A slot with these entries; `made` is in milliseconds since 1970. It is not padded to the size of a slot. */
export function encodeSlot(sequence: number, made: number, entries: readonly NewEntry[]): ArrayBuffer {
	const length = entries.reduce((sum, [, , data]) => sum + entryHeaderSize + padded(data.byteLength), 0);
	const slot = new ArrayBuffer(headerSize + length);
	const view = new DataView(slot);
	let at = headerSize;
	for (const [type, role, data] of entries) {
		view.setUint8(at, entryType[type]);
		view.setUint8(at + 1, entryRole[role]);
		view.setUint32(at + 4, data.byteLength, true);
		new Uint8Array(slot).set(new Uint8Array(data as ArrayBuffer), at + entryHeaderSize);
		at += entryHeaderSize + padded(data.byteLength);
	}
	view.setUint32(0, magic, true);
	view.setUint16(4, versionAndHeader, true);
	view.setUint32(8, sequence, true);
	view.setUint32(12, length, true);
	view.setUint32(16, Math.floor(made / 1000), true);
	view.setUint32(20, checksum(slot, headerSize, length), true);
	view.setUint32(28, checksum(slot, 0, 28), true);
	return slot;
}

function checksum(bytes: ArrayBuffer, at: number, length: number): number {
	return crc32(new Uint8Array(bytes, at, length) as Bytes);
}

import { CertsError } from "../base/errors";
import { crc32 } from "./crc32";

/**
 * An identity in a flash partition, kept twice so that a write cut short leaves the old one in force.
 *
 * The partition is two slots of equal size, each a whole number of 4096-byte sectors. A slot is a header and entries;
 * numbers are little-endian. An empty slot is all 0xFF. The slot in force is the valid one with the higher sequence
 * number; an update goes to the other. A slot is valid when magic, version and both checksums are right and the
 * entries fill the payload exactly.
 *
 *     offset  size  header
 *     0       4     "XSID"
 *     4       1     version of the format: 1
 *     5       1     length of the header: 32
 *     6       2     0
 *     8       4     sequence number, 1 and up
 *     12      4     length of the payload
 *     16      4     time of making, seconds since 1970: a device without a clock knows that it is not earlier
 *     20      4     CRC-32 (IEEE 802.3) of the payload
 *     24      4     0
 *     28      4     CRC-32 of bytes 0 to 27
 *     32      …     payload: entries, each begun at a multiple of 4
 *
 *     offset  size  entry
 *     0       1     type: 1 CA, 2 certificate, 3 private key, 4 PSK, 5 notes of the device
 *     1       1     role it is for, bits: 1 server, 2 client; 4 a CA of the device's own, which made the rest
 *     2       2     0
 *     4       4     length of the data
 *     8       …     data, then zeros up to a multiple of 4
 *
 * CA, certificate and private key (PKCS#8) are DER, so that they are read in place. Certificates of a role stand leaf
 * first, then the chain. Notes are JSON: what the device has to know of a certificate, such as its account with a CA.
 * PSK data is one byte with the length of the identity, the identity in UTF-8, and the key.
 * The checksums tell a torn write, not a forged one: who can write flash owns the device (use flash encryption).
 */
export interface Slot {
	sequence: number;
	/** Seconds since 1970. */
	made: number;
	entries: Entry[];
}

export interface Entry {
	type: EntryType;
	role: number;
	data: Buffer;
}

export const ENTRY = { ca: 1, certificate: 2, key: 3, psk: 4, notes: 5 } as const;
export type EntryType = (typeof ENTRY)[keyof typeof ENTRY];
export const ROLE = { server: 1, client: 2, both: 3 } as const;
/** The role of the CA that a device makes and keeps for itself (modules/identity). */
export const AUTHORITY = 4;

/** Bytes in a flash sector, the smallest piece that can be erased. */
export const SECTOR = 4096;

const MAGIC = "XSID";
const VERSION = 1;
const HEADER = 32;
const ENTRY_HEADER = 8;
const ERASED = 0xff;

/** A slot of `size` bytes, erased after its end. Throws a CertsError when the entries do not fit. */
export function encodeSlot(slot: Slot, size: number): Buffer {
	const payload = Buffer.concat(slot.entries.map(encodeEntry));
	const needed = HEADER + payload.length;
	if (needed > size) {
		const partition = 2 * Math.ceil(needed / SECTOR) * SECTOR;
		throw new CertsError(
			`The identity takes ${needed} bytes, and a slot has ${size}`,
			`Use --size 0x${partition.toString(16)} or more`
		);
	}
	const header = Buffer.alloc(HEADER);
	header.write(MAGIC, 0, "latin1");
	header.writeUInt8(VERSION, 4);
	header.writeUInt8(HEADER, 5);
	header.writeUInt32LE(slot.sequence, 8);
	header.writeUInt32LE(payload.length, 12);
	header.writeUInt32LE(slot.made, 16);
	header.writeUInt32LE(crc32(payload), 20);
	header.writeUInt32LE(crc32(header.subarray(0, 28)), 28);
	return Buffer.concat([header, payload, Buffer.alloc(size - needed, ERASED)]);
}

/** The slot in `data`, or undefined when it is empty, torn or anything else. */
export function decodeSlot(data: Buffer): Slot | undefined {
	if (data.length < HEADER || data.toString("latin1", 0, 4) !== MAGIC || data[4] !== VERSION || data[5] !== HEADER)
		return undefined;
	if (data.readUInt32LE(28) !== crc32(data.subarray(0, 28))) return undefined;
	const end = HEADER + data.readUInt32LE(12);
	if (end > data.length || data.readUInt32LE(20) !== crc32(data.subarray(HEADER, end))) return undefined;
	const entries = decodeEntries(data.subarray(HEADER, end));
	return entries && { sequence: data.readUInt32LE(8), made: data.readUInt32LE(16), entries };
}

/** Both slots of a partition, and which is in force; undefined when neither is. */
export function decodePartition(data: Buffer): {
	slots: [Slot | undefined, Slot | undefined];
	current: 0 | 1 | undefined;
} {
	const half = data.length / 2;
	const slots: [Slot | undefined, Slot | undefined] = [
		decodeSlot(data.subarray(0, half)),
		decodeSlot(data.subarray(half))
	];
	const [first, second] = slots;
	if (first === undefined) return { slots, current: second && 1 };
	return { slots, current: second !== undefined && second.sequence > first.sequence ? 1 : 0 };
}

/** Whether `data` may be a partition of this format, valid or torn. */
export function isPartition(data: Buffer): boolean {
	if (data.length === 0 || data.length % (2 * SECTOR) !== 0) return false;
	return [0, data.length / 2].some(at => data.toString("latin1", at, at + 4) === MAGIC);
}

/** The data of a PSK entry. */
export function encodePsk(identity: string, key: Buffer): Buffer {
	const name = Buffer.from(identity);
	return Buffer.concat([Buffer.from([name.length]), name, key]);
}

function encodeEntry({ type, role, data }: Entry): Buffer {
	const header = Buffer.alloc(ENTRY_HEADER);
	header.writeUInt8(type, 0);
	header.writeUInt8(role, 1);
	header.writeUInt32LE(data.length, 4);
	return Buffer.concat([header, data, Buffer.alloc(-data.length & 3)]);
}

function decodeEntries(payload: Buffer): Entry[] | undefined {
	const entries: Entry[] = [];
	let at = 0;
	while (at < payload.length) {
		if (at + ENTRY_HEADER > payload.length) return undefined;
		const start = at + ENTRY_HEADER;
		const end = start + payload.readUInt32LE(at + 4);
		if (end > payload.length) return undefined;
		entries.push({
			type: payload[at] as EntryType,
			role: payload[at + 1] as number,
			data: payload.subarray(start, end)
		});
		at = end + (-end & 3);
	}
	return at === payload.length ? entries : undefined;
}

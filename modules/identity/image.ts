import CredentialsError from "./error";
import { findSlot } from "./storage/native";
import {
	type EntryRole,
	type EntryType,
	encodeSlot,
	entryRole,
	type ImageEntry,
	type NewEntry,
	readSlot,
	type Slot
} from "./storage/slot";

export type { EntryRole, EntryType, ImageEntry, NewEntry };

export interface PreSharedKey {
	readonly identity: string;
	readonly key: Uint8Array;
}

/** Credentials as `certs flash` writes them: one slot of the image, which stays where it is. */
export default class Image {
	/** Higher than that of every image before it. */
	readonly sequence: number;
	/** Milliseconds since 1970 when it was made. A clock that shows less is wrong, and `Credentials` ignores it. */
	readonly made: number;
	readonly entries: readonly ImageEntry[];

	private constructor({ sequence, made, entries }: Slot) {
		this.sequence = sequence;
		this.made = made;
		this.entries = entries;
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
	static fromSlot(bytes: Uint8Array): Image | undefined {
		const slot = readSlot(bytes);
		return slot && new Image(slot);
	}

	/**
	 * A slot with these entries, for a {@link Store}.
	 * @param sequence higher than that of every slot before it
	 * @param made milliseconds since 1970
	 */
	static toSlot(sequence: number, made: number, entries: readonly NewEntry[]): ArrayBuffer {
		return encodeSlot(sequence, made, entries);
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

import { findSlot } from "./storage/native";
import type { Store } from "./store";

/** The part of the SDK's `Flash` (module `flash`) that is used here. */
export interface FlashPartition {
	readonly byteLength: number;
	/** Bytes of a sector. */
	readonly blockSize: number;
	erase(sector: number): void;
	read(offset: number, byteLength: number): ArrayBuffer | HostBuffer;
	write(offset: number, byteLength: number, buffer: ArrayBuffer): void;
	map(): HostBuffer;
}

/** The partition itself where the platform maps flash into memory, else a copy. */
export const readPartition = (flash: FlashPartition): ArrayBuffer | HostBuffer => {
	try {
		return flash.map();
	} catch {
		return flash.read(0, flash.byteLength);
	}
};

/** Stores the value in the two slots of a flash partition alternately: a write that is cut short leaves the other slot valid. */
export default class FlashStore implements Store {
	readonly #flash: FlashPartition;

	/** @throws {RangeError} the partition is not two slots of whole sectors */
	constructor(flash: FlashPartition) {
		if (flash.byteLength % (2 * flash.blockSize) !== 0) {
			throw new RangeError(`A partition of ${flash.byteLength} bytes is not two slots of whole sectors`);
		}
		this.#flash = flash;
	}

	read(): Uint8Array | undefined {
		const partition = readPartition(this.#flash);
		const slot = findSlot(partition);
		return slot < 0 ? undefined : new Uint8Array(partition as ArrayBuffer, slot * this.slotSize, this.slotSize);
	}

	write(value: ArrayBuffer): void {
		if (value.byteLength > this.slotSize) {
			throw new RangeError(`The identity takes ${value.byteLength} bytes, and a slot has ${this.slotSize}`);
		}
		const slot = findSlot(readPartition(this.#flash)) === 0 ? 1 : 0;
		const sectors = this.slotSize / this.#flash.blockSize;
		for (let sector = 0; sector < sectors; sector++) this.#flash.erase(slot * sectors + sector);
		this.#flash.write(slot * this.slotSize, value.byteLength, value);
	}

	private get slotSize(): number {
		return this.#flash.byteLength / 2;
	}
}

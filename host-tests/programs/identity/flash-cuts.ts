// Cuts the power at every byte of an update of a flash image: of one that esptool writes, and of one that the device
// writes itself. Prints how many cuts there were and after how many of them something else than the old or the new
// identity was read.

import Resource from "Resource";
import DeviceIdentity from "identity/device-identity";
import FlashStore, { type FlashPartition } from "identity/flash-store";
import Image from "identity/image";
import { loadContents } from "identity/storage/contents";

const sector = 4096;

function keyOf(image: Image): string {
	return String(image.find("key", "server")[0]);
}

/** A slot that is written into a partition whose other slot is in force, cut after each of its bytes. */
function cutTransfers(before: ArrayBuffer, after: ArrayBuffer): string {
	const half = before.byteLength / 2;
	const old = keyOf(Image.fromPartition(before));
	const fresh = keyOf(Image.fromPartition(after));
	const written = new Uint8Array(after);
	let end = written.length;
	while (written[end - 1] === 0xff) end--;
	let bad = old === fresh ? 1 : 0;
	for (let cut = half; cut <= end; cut++) {
		const partition = new Uint8Array(before.slice(0));
		partition.fill(0xff, half);
		partition.set(written.subarray(half, cut), half);
		if (keyOf(Image.fromPartition(partition.buffer)) !== (cut < end ? old : fresh)) bad++;
	}
	return `transfer ${end - half + 1} cuts, ${bad} bad`;
}

/** Flash whose power fails after `left` bytes were written; each erased sector counts as one. */
class FailingFlash implements FlashPartition {
	readonly blockSize = sector;
	readonly #bytes: Uint8Array;
	#left: number;

	constructor(bytes: Uint8Array, left: number) {
		this.#bytes = bytes;
		this.#left = left;
	}
	get byteLength(): number {
		return this.#bytes.length;
	}
	map(): never {
		throw new Error("unsupported");
	}
	read(offset: number, byteLength: number): ArrayBuffer {
		return this.#bytes.slice(offset, offset + byteLength).buffer;
	}
	erase(index: number): void {
		this.#spend(1);
		this.#bytes.fill(0xff, index * sector, (index + 1) * sector);
	}
	write(offset: number, byteLength: number, buffer: ArrayBuffer): void {
		const count = Math.min(byteLength, this.#left);
		this.#bytes.set(new Uint8Array(buffer, 0, count), offset);
		this.#spend(byteLength);
	}
	#spend(count: number): void {
		this.#left -= count;
		if (this.#left < 0) throw new Error("power failed");
	}
}

/** A new identity goes into the store, and power fails after each byte. */
function cutStores(): string {
	const bytes = new Uint8Array(4 * sector).fill(0xff);
	const open = (left: number) => new FlashStore(new FailingFlash(bytes, left));
	const make = () => new DeviceIdentity({ store: open(Number.POSITIVE_INFINITY), name: "device" });
	make().close();
	const first = bytes.slice();
	const identity = make();
	identity.update({ name: "renamed" });
	identity.close();
	const value = loadValue(open(0));
	const old = loadValue(new FlashStore(new FailingFlash(first, 0)));
	let bad = String(old) === String(value) ? 1 : 0;
	const end = value.length + 2; // and two sectors
	for (let left = 0; left <= end; left += 1) {
		bytes.set(first);
		try {
			open(left).write(value.slice().buffer);
		} catch {}
		if (String(loadValue(open(0))) !== String(left < end ? old : value)) bad++;
		if (loadContents(open(0)).contents === undefined) bad++;
	}
	return `store ${end + 1} cuts, ${bad} bad`;
}

/** The slot in force, without what follows it. */
function loadValue(store: FlashStore): Uint8Array {
	const slot = store.read() as Uint8Array;
	return slot.slice(0, 32 + new DataView(slot.buffer, slot.byteOffset).getUint32(12, true));
}

trace(`${cutTransfers(new Resource("before.bin").slice(0), new Resource("after.bin").slice(0))}\n`);
trace(`${cutStores()}\n`);

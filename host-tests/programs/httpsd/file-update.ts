// ECMA-419's update class over files, with the contract of the SDK's for an ESP32, and what its boot loader does.
//
// A folder has two images, app0 and app1, and `boot`, which says which of them is started and whether it is on trial. An image is one
// when it begins with E9 and ends in the SHA-256 of what is before. Power can be cut at any step: half of a write is done then.

import { exit } from "desk";
import { Directory, File } from "file";
import type { Updater } from "httpsd/update";
import { encodeHex } from "text/hex";
import { SHA256 } from "tls/hash";

type Slot = "app0" | "app1";
/** `new`: not started yet. `pending`: started once, and not confirmed. */
type State = "new" | "pending" | "valid";

const magic = 0xe9;
const digestSize = 32;
const pieceSize = 1024;
const other = (slot: Slot): Slot => (slot === "app0" ? "app1" : "app0");

export class Partition {
	readonly slot: Slot;
	readonly byteLength: number;
	constructor(slot: Slot, byteLength: number) {
		this.slot = slot;
		this.byteLength = byteLength;
	}
	close(): void {}
}

export class FileFirmware {
	readonly #folder: string;
	readonly #size: number;
	/** Steps until power is cut; 0 for never. */
	#left: number;
	steps = 0;

	constructor(folder: string, size: number, cutAt: number) {
		this.#folder = folder;
		this.#size = size;
		this.#left = cutAt;
		Directory.create(folder);
	}

	/** What a boot loader does: starts what is new once, and the former one when that was not confirmed. */
	boot(): Slot {
		const { slot, state } = this.read();
		if (state === "new") this.store(slot, "pending");
		else if (state === "pending") this.store(other(slot), "valid");
		return this.read().slot;
	}

	get isPending(): boolean {
		return this.read().state === "pending";
	}

	confirm(): void {
		this.store(this.read().slot, "valid");
	}

	giveUp(): void {
		this.store(other(this.read().slot), "valid");
	}

	/** The one that does not run. */
	nextPartition(): Partition {
		return new Partition(other(this.read().slot), this.#size);
	}

	/** The hash of an image, read in pieces: it may be longer than XS's memory; `undefined` where there is none. */
	hashOf(slot: Slot): string | undefined {
		return File.exists(this.path(slot)) ? hashFile(this.path(slot)).whole : undefined;
	}

	/** `embedded:update`. */
	readonly io = {
		open: ({ partition, byteLength }: { partition: Partition; mode: "a"; byteLength: number }): Updater => {
			if (byteLength > partition.byteLength) throw new RangeError("invalid byteLength");
			this.step(() => File.delete(this.path(partition.slot)));
			let file: File | undefined = new File(this.path(partition.slot), true);
			let isComplete = false;
			return {
				write: bytes => {
					if (file === undefined || isComplete) throw new Error("already complete");
					const half = bytes.slice(0, bytes.byteLength >> 1);
					this.step(
						() => file?.write(bytes),
						() => file?.write(half)
					);
				},
				complete: () => {
					if (file === undefined || isComplete) throw new Error("already complete");
					isComplete = true;
					file.close();
					file = undefined;
					if (!isImage(this.path(partition.slot))) throw new Error("end failed");
					this.store(partition.slot, "new");
				},
				close: () => {
					file?.close();
					file = undefined;
				}
			};
		}
	};

	private path(name: string): string {
		return `${this.#folder}/${name}`;
	}

	private read(): { slot: Slot; state: State } {
		if (!File.exists(this.path("boot"))) return { slot: "app0", state: "valid" };
		const file = new File(this.path("boot"));
		const [slot, state] = (file.read(String) as string).split(" ") as [Slot, State];
		file.close();
		return { slot, state };
	}

	/** As ESP-IDF does by two sectors and their checksums: what was said before holds until what is new is whole. */
	private store(slot: Slot, state: State): void {
		const write = (text: string) => {
			File.delete(this.path("boot.new"));
			const file = new File(this.path("boot.new"), true);
			file.write(text);
			file.close();
		};
		this.step(
			() => write(`${slot} ${state}`),
			() => write(slot)
		);
		this.step(() => File.rename(this.path("boot.new"), "boot"));
	}

	/** A step at which power may be cut. @param half what of it is done then */
	private step(whole: () => void, half: () => void = () => {}): void {
		this.steps++;
		if (this.#left === 0 || --this.#left > 0) {
			whole();
			return;
		}
		half();
		trace(`power is cut at step ${this.steps}\n`);
		exit(77);
	}
}

/** Of a file: its first byte, its hash, that of what is before the last 32 bytes, and these. */
function hashFile(path: string): { first: number | undefined; whole: string; body: string; end: string } {
	const file = new File(path);
	const { length } = file;
	const [whole, body] = [new SHA256(), new SHA256()];
	let first: number | undefined;
	let end = "";
	for (let at = 0; at < length; ) {
		const bodyLeft = length - digestSize - at;
		const piece = file.read(ArrayBuffer, bodyLeft > 0 ? Math.min(pieceSize, bodyLeft) : digestSize);
		first ??= new Uint8Array(piece)[0];
		whole.update(piece);
		if (bodyLeft > 0) body.update(piece);
		else end += encodeHex(piece);
		at += piece.byteLength;
	}
	file.close();
	return { first, whole: encodeHex(whole.digest()), body: encodeHex(body.digest()), end };
}

function isImage(path: string): boolean {
	const { first, body, end } = hashFile(path);
	return first === magic && body === end;
}

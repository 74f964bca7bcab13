import { SHA256 } from "tls/hash";
import HttpError from "../http-error";

/** What writes a firmware image (ECMA-419, update class pattern). */
export interface Updater {
	write(bytes: ArrayBuffer): void;
	/** Checks the image, and has it started next time. */
	complete(): void;
	/** Frees what it holds; without `complete()` before it, the image is given up. */
	close(): void;
}

/** ECMA-419's update class: `embedded:update` of the SDK. */
export interface UpdaterIO<Partition> {
	open(options: { partition: Partition; mode: "a"; byteLength: number }): Updater;
}

/** Bytes of an image that its first look needs: the head of an ESP32's. */
export const headSize = 24;

/** Writes an image piece by piece. Nothing is switched over before its length and its SHA-256 are right. */
export default class ImageWriter {
	received = 0;
	readonly #updater: Updater;
	readonly #hash = new SHA256();
	readonly #check: ((head: Uint8Array) => void) | undefined;
	#head: Uint8Array | undefined = new Uint8Array(headSize);

	/** @param check is given the first `headSize` bytes before any is written, and throws what is wrong with them. */
	constructor(updater: Updater, check: ((head: Uint8Array) => void) | undefined) {
		this.#updater = updater;
		this.#check = check;
	}

	/** @throws {HttpError} 422 when it begins as no image does, 500 when it cannot be written */
	write(piece: ArrayBuffer): void {
		const from = this.received;
		this.received += piece.byteLength;
		this.#hash.update(piece);
		if (this.#head !== undefined) this.takeHead(this.#head, new Uint8Array(piece), from);
		else this.pass(piece);
	}

	/** Collects the head, which may come in any pieces. */
	private takeHead(head: Uint8Array, piece: Uint8Array, from: number): void {
		const taken = piece.subarray(0, headSize - from);
		head.set(taken, from);
		if (this.received < headSize) return;
		this.#head = undefined;
		try {
			this.#check?.(head);
		} catch (error) {
			throw wrong(`This is no image for this device: ${(error as Error).message}`);
		}
		this.pass(head.slice().buffer as ArrayBuffer);
		if (taken.length < piece.length) this.pass(piece.slice(taken.length).buffer as ArrayBuffer);
	}

	private pass(bytes: ArrayBuffer): void {
		try {
			this.#updater.write(bytes);
		} catch (error) {
			throw new HttpError(500, "UPDATE_WRITE", `The image could not be written: ${(error as Error).message}`);
		}
	}

	/**
	 * All has come: has it started next time.
	 * @throws {HttpError} 422 when it is not the image of that hash, or the device does not take it
	 */
	complete(digest: Uint8Array): void {
		if (this.#head !== undefined) throw wrong("This is no image for this device: it is too short");
		const own = new Uint8Array(this.#hash.digest());
		if (own.some((byte, at) => byte !== digest[at])) throw wrong("The image has another SHA-256 than the request says");
		try {
			this.#updater.complete();
		} catch (error) {
			throw wrong(`The device does not take the image: ${(error as Error).message}`);
		}
	}
}

const wrong = (message: string): HttpError => {
	return new HttpError(422, "UPDATE_IMAGE", message);
};

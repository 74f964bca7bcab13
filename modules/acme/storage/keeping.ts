import type { Store } from "identity/store";
import { totalLength } from "text/join-bytes";
import { limits } from "../limits";
import { type Contents, findChain, loadContents, type Notes, saveContents } from "./contents";

type Changes = Partial<Omit<Contents, "notes">>;

/** What the store holds, and what is changed of it. */
export default class Keeping {
	readonly #store: Store;
	readonly #now: () => number;
	#sequence: number;
	#contents: Contents;
	#chainLength: number;
	readonly #hasRoom: (bytes: number) => boolean;

	/** @param hasRoom whether XS has so many bytes of chunks */
	constructor(store: Store, directory: string, now: () => number, hasRoom: (bytes: number) => boolean) {
		this.#store = store;
		this.#hasRoom = hasRoom;
		this.#now = now;
		const { sequence, contents, chainLength } = loadContents(store, directory);
		this.#sequence = sequence;
		this.#chainLength = chainLength;
		this.#contents = contents;
	}

	/** Bytes of the chain. */
	get chainLength(): number {
		return this.#chainLength;
	}

	/** The chain, and its key. @throws what the store throws */
	get pair(): { cert: Uint8Array; key: Uint8Array } | undefined {
		const { key } = this.#contents;
		const cert = key && this.chain;
		return key === undefined || cert === undefined ? undefined : { cert, key };
	}

	get contents(): Contents {
		return this.#contents;
	}

	get leaf(): Uint8Array | undefined {
		return this.#contents.leaf;
	}

	/** Bytes of the certificates that are to be revoked once there is another. */
	get lengthWithReplaced(): number {
		return totalLength(this.#contents.replaced) + (this.leaf?.length ?? 0);
	}

	/** Bytes of XS's chunks that a change takes: what is stored is read and written, for both are whole. */
	get room(): number {
		return 2 * (this.#chainLength + totalLength(this.#contents.replaced) + limits.storedBeside);
	}

	get notes(): Notes {
		return this.#contents.notes;
	}

	/**
	 * The chain, DER, leaf first, in one. It is read at each time: it may be half of a device's memory.
	 * @throws what the store throws
	 */
	get chain(): Uint8Array | undefined {
		const chain = findChain(this.#store, this.#contents.leaf);
		// What is not XS's own is mapped flash, which is written to later.
		return chain?.buffer instanceof ArrayBuffer ? chain : chain?.slice();
	}

	/**
	 * Stores first, so that nothing has changed when the store fails.
	 * @param chain another one, DER, leaf first; it is taken out of the array
	 */
	change(changes: Changes, notes: Partial<Notes> = {}, chain?: Uint8Array[]): void {
		const contents = { ...this.#contents, ...changes, notes: { ...this.notes, ...notes } };
		const all = chain ?? findChain(this.#store, contents.leaf);
		const chainLength = chain === undefined ? (all?.length ?? 0) : totalLength(chain);
		saveContents(this.#store, this.#sequence + 1, this.#now(), contents, all);
		this.#sequence += 1;
		this.#contents = contents;
		this.#chainLength = chainLength;
	}

	/** The same for what can be done without: where the store fails, or there is no memory, it is traced. @returns whether it has not */
	tryChange(changes: Changes, notes: Partial<Notes>): boolean {
		try {
			if (!this.#hasRoom(this.room)) throw new Error("there is no memory");
			this.change(changes, notes);
			return true;
		} catch (error) {
			trace(`The store of the certificate has failed: ${error}\n`);
			return false;
		}
	}
}

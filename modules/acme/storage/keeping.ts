import type { Store } from "identity/store";
import { type Contents, findChain, loadContents, type Notes, saveContents } from "./contents";

type Changes = Partial<Omit<Contents, "notes">>;

/** What the store holds, and what is changed of it. */
export default class Keeping {
	readonly #store: Store;
	readonly #now: () => number;
	#sequence: number;
	#contents: Contents;

	constructor(store: Store, directory: string, now: () => number) {
		this.#store = store;
		this.#now = now;
		const { sequence, contents } = loadContents(store, directory);
		this.#sequence = sequence;
		this.#contents = contents;
	}

	get contents(): Contents {
		return this.#contents;
	}

	get leaf(): Uint8Array | undefined {
		return this.#contents.leaf;
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
		saveContents(this.#store, this.#sequence + 1, this.#now(), contents, all);
		this.#sequence += 1;
		this.#contents = contents;
	}

	/** The same for what can be done without: where the store fails, it is traced. @returns whether it has not */
	tryChange(changes: Changes, notes: Partial<Notes>): boolean {
		try {
			this.change(changes, notes);
			return true;
		} catch (error) {
			trace(`The store of the certificate has failed: ${error}\n`);
			return false;
		}
	}
}

import type { Store } from "identity/store";
import { type Contents, loadContents, type Notes, saveContents } from "./contents";

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

	get notes(): Notes {
		return this.#contents.notes;
	}

	/** Stores first, so that nothing has changed when the store fails. */
	change(changes: Partial<Omit<Contents, "notes">>, notes: Partial<Notes> = {}): void {
		const contents = { ...this.#contents, ...changes, notes: { ...this.notes, ...notes } };
		saveContents(this.#store, this.#sequence + 1, this.#now(), contents);
		this.#sequence += 1;
		this.#contents = contents;
	}

	/** The same for what can be done without: where the store fails, it is traced. */
	tryNote(notes: Partial<Notes>): void {
		try {
			this.change({}, notes);
		} catch (error) {
			trace(`The store of the certificate has failed: ${error}\n`);
		}
	}
}

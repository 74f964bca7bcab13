import FileStore from "identity/file-store";

/** A store of which some writes fail, as when it is full: to force that. Reads go on. */
export default class FailingStore extends FileStore {
	readonly #from: number;
	readonly #to: number;
	#writes = 0;

	/** @param from the first write that fails, counted from 1; 0 for none. @param to the first behind it that does not */
	constructor(path: string, from: number, to: number) {
		super(path);
		this.#from = from;
		this.#to = to;
	}

	override write(bytes: ArrayBuffer): void {
		this.#writes++;
		trace(`write ${this.#writes}\n`);
		if (this.#writes >= this.#from && this.#writes < this.#to) throw new Error("There is no room in the store");
		super.write(bytes);
	}
}

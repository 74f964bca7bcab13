import { File } from "file";
import type { Store } from "./store";

/** The content of a file. @throws {Error} it does not exist */
export const readFile = (path: string): ArrayBuffer => {
	const file = new File(path);
	try {
		// The SDK throws when an empty file is read.
		return file.length === 0 ? new ArrayBuffer(0) : file.read(ArrayBuffer);
	} finally {
		file.close();
	}
};

/**
 * Stores the value in a file. A new value is written to PATH.new, which is then renamed. Where the file has to be deleted
 * before that, a power cut in between leaves PATH.new alone, which is complete.
 */
export default class FileStore implements Store {
	readonly #path: string;

	constructor(path: string) {
		this.#path = path;
	}

	read(): ArrayBuffer | undefined {
		const path = [this.#path, this.draft].find(name => File.exists(name));
		return path === undefined ? undefined : readFile(path);
	}

	write(value: ArrayBuffer): void {
		// Left by a power cut before the renaming: it is the former value.
		if (File.exists(this.draft) && !File.exists(this.#path)) this.renameDraft();
		File.delete(this.draft);
		const file = new File(this.draft, true);
		try {
			file.write(value);
		} finally {
			file.close();
		}
		this.renameDraft();
	}

	private get draft(): string {
		return `${this.#path}.new`;
	}

	private renameDraft(): void {
		const name = this.#path.slice(this.#path.lastIndexOf("/") + 1);
		if (File.rename(this.draft, name)) return;
		// Some file systems of the SDK cannot rename to a name that exists.
		File.delete(this.#path);
		if (!File.rename(this.draft, name)) throw new Error(`Writing ${this.#path} failed`);
	}
}

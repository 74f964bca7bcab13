import { File } from "file";
import type { Store } from "./store";

/** The whole of a file. @throws {Error} when there is none. */
export function readFile(path: string): ArrayBuffer {
	const file = new File(path);
	try {
		// An empty read is an error in the SDK.
		return file.length === 0 ? new ArrayBuffer(0) : file.read(ArrayBuffer);
	} finally {
		file.close();
	}
}

/** Keeps the value in a file: a new one is written whole beside it, then takes its name. */
export default class FileStore implements Store {
	readonly #path: string;

	constructor(path: string) {
		this.#path = path;
	}

	read(): ArrayBuffer | undefined {
		return File.exists(this.#path) ? readFile(this.#path) : undefined;
	}

	write(value: ArrayBuffer): void {
		const draft = `${this.#path}.new`;
		File.delete(draft);
		const file = new File(draft, true);
		try {
			file.write(value);
		} finally {
			file.close();
		}
		const name = this.#path.slice(this.#path.lastIndexOf("/") + 1);
		if (File.rename(draft, name)) return;
		// Some file systems of the SDK don't rename over a file.
		File.delete(this.#path);
		if (!File.rename(draft, name)) throw new Error(`Writing ${this.#path} failed`);
	}
}

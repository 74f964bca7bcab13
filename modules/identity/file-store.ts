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

/**
 * Keeps the value in a file: a new one is written whole beside it, as PATH.new, then takes its name. Where that means to
 * delete the former one first, a power cut in between leaves PATH.new alone, which is whole.
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
		// What a power cut left there alone is the former value.
		if (File.exists(this.draft) && !File.exists(this.#path)) this.takeName();
		File.delete(this.draft);
		const file = new File(this.draft, true);
		try {
			file.write(value);
		} finally {
			file.close();
		}
		this.takeName();
	}

	private get draft(): string {
		return `${this.#path}.new`;
	}

	private takeName(): void {
		const name = this.#path.slice(this.#path.lastIndexOf("/") + 1);
		if (File.rename(this.draft, name)) return;
		// Some file systems of the SDK don't rename over a file.
		File.delete(this.#path);
		if (!File.rename(this.draft, name)) throw new Error(`Writing ${this.#path} failed`);
	}
}

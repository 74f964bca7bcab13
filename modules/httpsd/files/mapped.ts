import { hashContent } from "../content/content-hash";
import { fieldLimits } from "../limits";
import type { StoredFile } from "./response";

/** A file in memory or in flash, by its bytes, which do not change. */
export async function mapped(bytes: ArrayBuffer, modified?: number): Promise<StoredFile> {
	return tagged(bytes, `"${await hashContent(bytes)}"`, modified);
}

const tagged = (bytes: ArrayBuffer, etag: string, modified: number | undefined): StoredFile => ({
	length: bytes.byteLength,
	modified,
	isMapped: true,
	etag,
	read: (start, end) => new Uint8Array(bytes, start, end - start)
});

/**
 * What is known of the files of a store. Clients may ask for each that there is, so no more is kept of one than its tag, and not of all: a
 * file that is opened is five times as much.
 */
export class MappedFiles {
	readonly #tags: Map<string, string> = new Map();
	readonly #modified: number | undefined;

	constructor(modified: number | undefined) {
		this.#modified = modified;
	}

	/** Opens the file of that name, which there is. */
	open(name: string, bytes: ArrayBuffer): StoredFile | Promise<StoredFile> {
		const etag = this.#tags.get(name);
		return etag === undefined ? this.read(name, bytes) : tagged(bytes, etag, this.#modified);
	}

	private async read(name: string, bytes: ArrayBuffer): Promise<StoredFile> {
		const file = await mapped(bytes, this.#modified);
		const tags = this.#tags;
		const [oldest] = tags.keys();
		if (tags.size >= fieldLimits.maxKeptTags) tags.delete(oldest as string);
		tags.set(name, file.etag as string);
		return file;
	}
}

import Resource from "Resource";
import { hashContent } from "./content-hash";
import type { StoredFile } from "./file-response";
import { encodeText } from "./utf8";

/** Where files are found by name. */
export interface FileStore {
	/** @param name a relative path without dot segments; `undefined` is returned when there is no such file. */
	open(name: string): StoredFile | undefined | Promise<StoredFile | undefined>;
}

export interface StoreOptions {
	/** When all of the files were modified last, in ms since 1970: the time of the build. Default: it is not told. */
	readonly modified?: number;
}

/** Files that are held in memory, by name. */
export function memoryFiles(
	files: Readonly<Record<string, string | ArrayBuffer>>,
	{ modified }: StoreOptions = {}
): FileStore {
	const opened = new Map<string, StoredFile>();
	for (const [name, content] of Object.entries(files)) {
		const bytes = typeof content === "string" ? encodeText(content) : content;
		opened.set(name, mapped(bytes, modified));
	}
	return { open: name => opened.get(name) };
}

/**
 * Files among the firmware's resources. They are sent from flash, without a copy in memory.
 * @param folder stands before each name, such as `"www/"`.
 */
export function resourceFiles(folder = "", { modified }: StoreOptions = {}): FileStore {
	const opened = new Map<string, StoredFile>();
	return {
		open(name) {
			const path = folder + name;
			const known = opened.get(path);
			if (known !== undefined || !Resource.exists(path)) return known;
			const file = mapped(new Resource(path).slice(0, undefined, false) as unknown as ArrayBuffer, modified);
			opened.set(path, file);
			return file;
		}
	};
}

/** A file whose bytes are there. Its entity tag is worked out when it is first asked for. */
function mapped(bytes: ArrayBuffer, modified: number | undefined): StoredFile {
	const read = (start: number, end: number) => new Uint8Array(bytes, start, end - start);
	const length = bytes.byteLength;
	let etag: string | undefined;
	return {
		length,
		modified,
		isMapped: true,
		read,
		get etag() {
			etag ??= `"${hashContent(length, read)}"`;
			return etag;
		}
	};
}

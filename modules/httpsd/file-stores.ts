import Resource from "Resource";
import { encodeText } from "text/utf8";
import { hashContent } from "./content/content-hash";
import type { StoredFile } from "./files/response";

/** Where files are found by name. */
export interface FileStore {
	/** @param name a relative path without dot segments; `undefined` is returned when there is no such file. */
	open(name: string): StoredFile | undefined | Promise<StoredFile | undefined>;
}

export interface StoreOptions {
	/** When all of the files were modified last, in ms since 1970: the time of the build. Default: there is no `Last-Modified`. */
	readonly modified?: number;
}

/** Files that are held in memory, by name. */
export function memoryFiles(
	files: Readonly<Record<string, string | ArrayBuffer>>,
	{ modified }: StoreOptions = {}
): FileStore {
	const contents = new Map<string, ArrayBuffer>();
	for (const [name, content] of Object.entries(files))
		contents.set(name, typeof content === "string" ? encodeText(content) : content);
	const opened = new Map<string, Promise<StoredFile>>();
	return {
		open(name) {
			const content = contents.get(name);
			if (content === undefined) return undefined;
			return once(opened, name, () => mapped(content, modified));
		}
	};
}

/**
 * Files among the firmware's resources. They are sent from flash, without a copy in memory.
 * @param folder stands before each name, such as `"www/"`. It has no default: among all of the resources are the
 * server's keys.
 * @throws {TypeError} when it is empty.
 */
export function resourceFiles(folder: string, { modified }: StoreOptions = {}): FileStore {
	if (typeof folder !== "string" || folder === "" || folder === "/")
		throw new TypeError("Resources are served of a folder: give its name");
	const opened = new Map<string, Promise<StoredFile>>();
	const bytesOf = (path: string) => new Resource(path).slice(0, undefined, false) as unknown as ArrayBuffer;
	return {
		open(name) {
			const path = folder + name;
			if (!Resource.exists(path)) return undefined;
			return once(opened, path, () => mapped(bytesOf(path), modified));
		}
	};
}

/** What was opened under a name, or is opened now. */
function once(
	opened: Map<string, Promise<StoredFile>>,
	name: string,
	open: () => Promise<StoredFile>
): Promise<StoredFile> {
	const file = opened.get(name) ?? open();
	opened.set(name, file);
	return file;
}

/** A file whose bytes are there. */
async function mapped(bytes: ArrayBuffer, modified: number | undefined): Promise<StoredFile> {
	return {
		length: bytes.byteLength,
		modified,
		isMapped: true,
		etag: `"${await hashContent(bytes)}"`,
		read: (start, end) => new Uint8Array(bytes, start, end - start)
	};
}

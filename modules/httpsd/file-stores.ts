import Resource from "Resource";
import { replaceEvery } from "text/replace";
import { encodeText } from "text/utf8";
import { MappedFiles } from "./files/mapped";
import type { StoredFile } from "./files/response";
import type { NameRules } from "./values/file-names";

export type { NameRules };

/** Where files are found by name. */
export interface FileStore {
	/** How names compare where one file has several. Default: each name is another file. */
	readonly names?: NameRules | undefined;
	/** @param name a relative path without dot segments; `undefined` is returned when there is no such file. */
	open(name: string): StoredFile | undefined | Promise<StoredFile | undefined>;
}

export interface StoreOptions {
	/** When all of the files were modified last, in ms since 1970: the time of the build. Default: there is no `Last-Modified`. */
	readonly modified?: number;
}

/** Files that are held in memory, by name. */
export const memoryFiles = (
	files: Readonly<Record<string, string | ArrayBuffer>>,
	{ modified }: StoreOptions = {}
): FileStore => {
	const contents = new Map<string, ArrayBuffer>();
	for (const [name, content] of Object.entries(files))
		contents.set(name, typeof content === "string" ? encodeText(content) : content);
	const opened = new MappedFiles(modified);
	return {
		open(name) {
			const content = contents.get(name);
			if (content === undefined) return undefined;
			return opened.open(name, content);
		}
	};
};

/** Stands between folders in the names of resources, which have no slash: the SDK keeps base names only. */
const folderMark = "+";

/**
 * Files among the firmware's resources. They are sent from flash, without a copy in memory. The file `js/app.js` of the
 * folder `www/` is the resource `www+js+app.js`: a manifest has a line for each folder, `"www+js+*": "./www/js/*"`.
 * @param folder stands before each name, such as `"www/"`, with its slash at the end. It has no default: among all of the
 * resources are the server's keys.
 * @throws {TypeError} when it is no such name: `"ser"` would be the beginning of `server.key.pem`.
 */
export const resourceFiles = (folder: string, { modified }: StoreOptions = {}): FileStore => {
	if (typeof folder !== "string" || folder.startsWith("/") || !folder.endsWith("/"))
		throw new TypeError('Resources are served of a folder: give its name and a slash, such as "www/"');
	const opened = new MappedFiles(modified);
	return {
		open(name) {
			// No file has two paths, one of which a filter might not look for.
			if (name.includes(folderMark)) return undefined;
			const resource = replaceEvery(folder + name, "/", folderMark);
			if (!Resource.exists(resource)) return undefined;
			return opened.open(resource, inFlash(resource));
		}
	};
};

/** The bytes of a resource where they are. */
const inFlash = (name: string): ArrayBuffer => {
	const resource = new Resource(name);
	// The SDK takes a length that is left out, with something behind it, for 0.
	return resource.slice(0, resource.byteLength, false) as unknown as ArrayBuffer;
};

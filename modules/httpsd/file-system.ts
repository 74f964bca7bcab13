import type { FileStore, NameRules, StoreOptions } from "./file-stores";
import type { StoredFile } from "./files/response";
import { isPlainName, mayCover } from "./values/file-names";

/** What is used of the SDK's class `File`, which a firmware that has files hands in: `import { File } from "file"`. */
export interface FileConstructor {
	new (
		path: string
	): {
		readonly length: number;
		position: number;
		read(type: ArrayBufferConstructor, count: number): ArrayBuffer;
		close(): void;
	};
	exists(path: string): boolean;
}

/**
 * The names of a file system that finds a file by other spellings of its name: FAT (SD cards), NTFS, APFS, HFS+. Short
 * names (`PRIVAT~1`), dots and blanks at the end, `:` and the like lead to no file; case and Unicode's forms do not count.
 */
export const foldedNames: NameRules = Object.freeze({ allows: isPlainName, covers: mayCover });

export interface SystemFilesOptions extends StoreOptions {
	/** How the file system compares names. Default {@link foldedNames}; `"exact"` where each name is another file. */
	readonly names?: NameRules | "exact";
}

/**
 * Files of a file system, read in pieces as the client takes them.
 *
 * ```ts
 * server.files("/", systemFiles(File, `${config.file.root}www/`));
 * ```
 * `File` does not tell when a file was modified. Without `modified` there are no validators: no 304, no `If-Range`.
 * @param folder stands before each name, with its slash at the end.
 * @throws {TypeError} when it has no slash at the end, and so would be the beginning of other names.
 */
export const systemFiles = (
	File: FileConstructor,
	folder: string,
	{ modified, names = foldedNames }: SystemFilesOptions = {}
): FileStore => {
	if (typeof folder !== "string" || !folder.endsWith("/"))
		throw new TypeError('Files are served of a folder: give its path and a slash, such as "/mod/www/"');
	return {
		names: names === "exact" ? undefined : names,
		open(name) {
			const path = folder + name;
			if (!File.exists(path)) return undefined;
			try {
				return stored(new File(path), modified);
			} catch (error) {
				// Only a folder contains `.`: without it, this is a file that exists and can't be opened now.
				if (File.exists(`${path}/.`)) return undefined;
				throw error;
			}
		}
	};
};

const stored = (file: InstanceType<FileConstructor>, modified: number | undefined): StoredFile => {
	return {
		length: file.length,
		modified,
		isMapped: false,
		read(start, end) {
			file.position = start;
			return new Uint8Array(file.read(ArrayBuffer, end - start));
		},
		close: () => file.close()
	};
};

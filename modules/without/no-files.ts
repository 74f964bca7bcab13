// In the place of httpsd/files.

/** What `server.files()` calls. */
export function serveFiles(): never {
	throw new TypeError("This firmware serves no files: its manifest includes modules/without/files.json");
}

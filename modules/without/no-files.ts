// In the place of httpsd/files.

const message = "This firmware serves no files: its manifest includes modules/without/files.json";

/** What `server.files()` calls. */
export function serveFiles(): never {
	throw new TypeError(message);
}

/** What the path of a folder without its slash would call. */
export function redirectToFolder(): never {
	throw new TypeError(message);
}

// Loaded into the tool and its compiler before all else (node --require): a fault that is forced. Where the file that a call
// has just made, or is about to rename, matches KILLED_AT, the process and all that belong to its group end at once.
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");

const { mkdtempSync, openSync, closeSync, renameSync } = fs;
const pattern = new RegExp(process.env.KILLED_AT);
const written = new Map();

function killAt(path) {
	if (pattern.test(path)) process.kill(0, "SIGKILL");
}

fs.mkdtempSync = (...parameters) => {
	const path = mkdtempSync(...parameters);
	killAt(path);
	return path;
};
fs.openSync = (path, flags, ...parameters) => {
	const file = openSync(path, flags, ...parameters);
	if (flags === "w") written.set(file, String(path));
	return file;
};
fs.closeSync = file => {
	closeSync(file);
	if (written.has(file)) killAt(written.get(file));
	written.delete(file);
};
fs.renameSync = (from, to) => {
	killAt(`${from} complete`);
	renameSync(from, to);
};
syncBuiltinESMExports();

// Fails when a folder has so many files that nobody finds anything in it: node folders.mjs [ROOT].
import { readdirSync } from "node:fs";
import { join } from "node:path";

const MOST = 25;
const root = process.argv[2] ?? ".";
const atRoot = new Set([".git", "build", "dist"]);

const isNotOurs = (folder, name) => name === "node_modules" || (folder === root && atRoot.has(name));

function* foldersFrom(folder) {
	const entries = readdirSync(folder, { withFileTypes: true });
	yield { folder, files: entries.filter(entry => !entry.isDirectory()).length };
	for (const entry of entries)
		if (entry.isDirectory() && !isNotOurs(folder, entry.name)) yield* foldersFrom(join(folder, entry.name));
}

const full = [...foldersFrom(root)].filter(({ files }) => files > MOST);
for (const { folder, files } of full) console.error(`${folder} has ${files} files: make rooms of ${MOST} at most`);
process.exitCode = full.length > 0 ? 1 : 0;

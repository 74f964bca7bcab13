// What a bundler leaves, compressed once on the desk: node compress.mjs FOLDER puts NAME.br and NAME.gz in the place of each script
// and style sheet. Pages and pictures stay as they are.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [, , folder] = process.argv;
const names = readdirSync(folder, { recursive: true }).filter(name => /\.(js|css|svg)$/.test(name));
for (const name of names) {
	const path = join(folder, name);
	const content = readFileSync(path);
	writeFileSync(`${path}.br`, brotliCompressSync(content));
	writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
	rmSync(path);
}

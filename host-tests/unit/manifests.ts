// What manifests say, and the files that they speak of.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const root = join(__dirname, "../..");

export type Options = Record<string, unknown>;
export interface Manifest {
	include: string[];
	platforms: Record<string, Manifest>;
	modules: Record<string, string | string[]>;
	preload: string[];
	creation?: Record<string, unknown>;
	typescript?: { tsconfig: { compilerOptions: Options } };
}

export const readText = (path: string): string => readFileSync(join(root, path), "utf8");
export const read = <T>(path: string): T => JSON.parse(readText(path)) as T;

/** The folders of a module, its own first, as they stand on disk. */
export function foldersOf(module: string): string[] {
	const below = readdirSync(join(root, module), { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile() && /\.[tc]s?$/.test(entry.name))
		.map(entry => relative(join(root, module), entry.parentPath));
	return [...new Set(["", ...below])].sort();
}

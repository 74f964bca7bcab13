import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeSync
} from "node:fs";
import { dirname, join } from "node:path";
import { CertsError } from "./errors";
import { MAX_INPUT } from "./limits";

/** One file to be made. `secret` files are readable by their owner only (mode 0600). */
export interface Product {
	name: string;
	data: string | Uint8Array;
	secret?: boolean;
}

/**
 * Writes a set of files: each whole or not at all (temporary file, flush, rename), in the order given, so that a set
 * cut short is one whose later files are missing or old. Throws a CertsError, before anything is written, when a file
 * is there already and `force` is not set. Returns the paths.
 */
export function writeProducts(directory: string, products: readonly Product[], force: boolean): string[] {
	const paths = products.map(product => join(directory, product.name));
	if (!force) refuseExisting(paths);
	makeDirectory(directory);
	const temporary: string[] = [];
	try {
		for (const [index, product] of products.entries()) {
			const path = `${paths[index]}.${process.pid}.tmp`;
			temporary.push(path);
			writeWhole(path, product);
		}
		for (const [index, path] of temporary.entries()) putInPlace(path, paths[index] as string);
	} finally {
		for (const path of temporary) rmSync(path, { force: true });
	}
	return paths;
}

/** Throws a CertsError that names the first of `paths` that exists. */
export function refuseExisting(paths: readonly string[]): void {
	const existing = paths.find(path => existsSync(path));
	if (existing === undefined) return;
	throw new CertsError(
		`${existing} exists and is not overwritten`,
		"Add --force to replace it, or choose another folder with --out"
	);
}

/** Reads a file or a pipe, or throws a CertsError that says what is wrong with it. */
export function readInput(path: string): Buffer {
	try {
		const status = statSync(path);
		if (status.isCharacterDevice() || status.isBlockDevice()) throw cannotRead(path, "it is a device");
		if (status.size > MAX_INPUT) throw cannotRead(path, `it is larger than ${MAX_INPUT} bytes`);
		return readFileSync(path);
	} catch (error) {
		throw error instanceof CertsError ? error : cannotRead(path, reason(error));
	}
}

function cannotRead(path: string, why: string): CertsError {
	return new CertsError(`Cannot read ${path}: ${why}`, "Check the path");
}

function makeDirectory(directory: string): void {
	try {
		makeParents(directory);
		if (!statSync(directory).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
	} catch (error) {
		throw new CertsError(`Cannot make the folder ${directory}: ${reason(error)}`, "Choose another folder with --out");
	}
}

// Not mkdir's `recursive`, which never returns where a parent exists and takes no folders (Node 20 below /proc).
function makeParents(directory: string): void {
	if (existsSync(directory)) return;
	makeParents(dirname(directory));
	mkdirSync(directory);
}

function writeWhole(path: string, product: Product): void {
	try {
		const file = openSync(path, "wx", product.secret ? 0o600 : 0o644);
		try {
			const data = Buffer.from(product.data as Uint8Array);
			for (let at = 0; at < data.length; ) at += writeSync(file, data, at);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
	} catch (error) {
		throw cannotWrite(path, error);
	}
}

function putInPlace(temporary: string, path: string): void {
	try {
		renameSync(temporary, path);
	} catch (error) {
		throw cannotWrite(path, error);
	}
}

function cannotWrite(path: string, error: unknown): CertsError {
	return new CertsError(`Cannot write ${path}: ${reason(error)}`, "Choose another folder with --out");
}

function reason(error: unknown): string {
	const code = (error as NodeJS.ErrnoException).code;
	if (code === "ENOENT") return "no such file or folder";
	if (code === "EACCES") return "permission denied";
	if (code === "EISDIR") return "it is a folder";
	if (code === "ENOTDIR") return "a part of the path is a file";
	return code ?? String(error);
}

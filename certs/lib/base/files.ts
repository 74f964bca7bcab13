import {
	chmodSync,
	closeSync,
	existsSync,
	fsyncSync,
	linkSync,
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
 * cut short is one whose later files are missing or old. Without `force` nothing is overwritten: throws a CertsError
 * when a file is there already, or appears meanwhile. Returns the paths.
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
		for (const [index, path] of temporary.entries()) putInPlace(path, paths[index] as string, force);
	} finally {
		for (const path of temporary) rmSync(path, { force: true });
	}
	return paths;
}

/** Throws a CertsError that names the first of `paths` that exists. */
export function refuseExisting(paths: readonly string[]): void {
	const existing = paths.find(path => existsSync(path));
	if (existing === undefined) return;
	throw exists(existing);
}

function exists(path: string): CertsError {
	return new CertsError(
		`${path} exists and is not overwritten`,
		"Add --force to replace it, or choose another folder with --out"
	);
}

/** Makes a secret file readable by its owner only. Returns the mode that it had when others could read it. */
export function closeToOthers(path: string): string | undefined {
	if (process.platform === "win32") return undefined;
	const mode = statSync(path).mode & 0o777;
	if ((mode & 0o077) === 0) return undefined;
	try {
		chmodSync(path, 0o600);
	} catch (error) {
		throw new CertsError(
			`Others can read ${path}, and its mode cannot be changed: ${reason(error)}`,
			"Make it again with --force"
		);
	}
	return mode.toString(8);
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

/** Makes a folder and what it stands in. Returns whether it is new; throws a CertsError when it cannot be. */
export function makeDirectory(directory: string): boolean {
	try {
		const isNew = makeParents(directory);
		if (!statSync(directory).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
		return isNew;
	} catch (error) {
		throw new CertsError(`Cannot make the folder ${directory}: ${reason(error)}`, "Choose another folder with --out");
	}
}

// Not mkdir's `recursive`, which never returns where a parent exists and takes no folders (Node 20 below /proc).
function makeParents(directory: string): boolean {
	if (existsSync(directory)) return false;
	makeParents(dirname(directory));
	try {
		mkdirSync(directory);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
		throw error;
	}
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

function putInPlace(temporary: string, path: string, force: boolean): void {
	try {
		if (force) renameSync(temporary, path);
		else linkNew(temporary, path);
	} catch (error) {
		throw error instanceof CertsError ? error : cannotWrite(path, error);
	}
}

// A link never replaces a file. Where the file system has none, a look before the rename must do.
function linkNew(temporary: string, path: string): void {
	try {
		linkSync(temporary, path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EEXIST") throw exists(path);
		refuseExisting([path]);
		renameSync(temporary, path);
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

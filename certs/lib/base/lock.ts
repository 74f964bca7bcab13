import { closeSync, openSync, readFileSync, renameSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CertsError } from "./errors";
import { makeDirectory } from "./files";
import { LOCK_POLL, LOCK_WAIT } from "./limits";

const LOCK = ".certs.lock";
const held = new Set<string>();

/**
 * Runs `work` while no other run of this tool changes `directory`, which is made when it is not there. The lock is a
 * file that holds the process id; one whose process is gone is taken over. Where this user cannot write there is
 * nothing to guard, and `work` runs without. Throws a CertsError when another run does not end in {@link LOCK_WAIT} ms.
 */
export async function withLock<T>(directory: string, work: () => T | Promise<T>): Promise<T> {
	const path = join(resolve(directory), LOCK);
	const isNew = makeDirectory(directory);
	const locked = await acquire(path, directory);
	try {
		return await work();
	} finally {
		if (locked) release(path);
		if (isNew) removeEmpty(directory);
	}
}

async function acquire(path: string, directory: string): Promise<boolean> {
	const patience = Date.now() + LOCK_WAIT;
	for (;;) {
		const outcome = tryLock(path);
		if (outcome !== "ENOENT" && outcome !== "EEXIST") return outcome === "locked";
		if (outcome === "ENOENT") makeDirectory(directory);
		else if (isStale(path)) takeAway(path);
		else if (Date.now() > patience)
			throw new CertsError(`Another run is changing ${directory}`, `Wait for it, or if there is none: rm ${path}`);
		else await delay(LOCK_POLL);
	}
}

function tryLock(path: string): string {
	try {
		const file = openSync(path, "wx", 0o600);
		held.add(path);
		writeSync(file, String(process.pid));
		closeSync(file);
		return "locked";
	} catch (error) {
		return (error as NodeJS.ErrnoException).code ?? "";
	}
}

// One that is empty was just opened by a run that has not written its number yet, and is waited for.
function isStale(path: string): boolean {
	const pid = ownerOf(path);
	if (pid === undefined) return false;
	if (pid === process.pid) return !held.has(path);
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "ESRCH";
	}
}

function ownerOf(path: string): number | undefined {
	try {
		return Number(readFileSync(path, "latin1")) || undefined;
	} catch {
		return undefined;
	}
}

// Renamed first, for of several runs that found it stale one only may go on; a lock that is not stale goes back.
function takeAway(path: string): void {
	const aside = `${path}.${process.pid}`;
	try {
		renameSync(path, aside);
		if (isStale(aside)) rmSync(aside, { force: true });
		else renameSync(aside, path);
	} catch {
		// Another run was faster.
	}
}

function release(path: string): void {
	rmSync(path, { force: true });
	held.delete(path);
}

function removeEmpty(directory: string): void {
	try {
		rmdirSync(directory);
	} catch {
		// It holds what was made.
	}
}

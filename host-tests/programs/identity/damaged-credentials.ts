// Gives every loader what it should not be given: each file cut short and damaged at every `step` bytes, and values of
// the wrong type. Prints how many there were, and each answer that was no error of the right class.

import Resource from "Resource";
import { processorTime } from "desk";
import type { Bytes } from "identity/bytes";
import { checkAuthorities, checkIdentity } from "identity/check";
import Credentials from "identity/credentials";
import CredentialsError from "identity/error";
import Image from "identity/image";
import { loadContents } from "identity/storage/contents";
import config from "mc/config";
import TLSContext from "tls/context";
import TLSError from "tls/error";

const step = Number(config.step ?? 1);
const load = (name: string): Uint8Array => new Uint8Array(new Resource(name).slice(0));
const answers = new Map<string, number>();

/** Runs it, and counts how it ended. */
function attempt(what: string, action: () => unknown): void {
	let answer = "taken";
	try {
		action();
	} catch (error) {
		const isForeseen = error instanceof CredentialsError || error instanceof TLSError;
		answer = isForeseen ? error.code : `unforeseen: ${what}: ${error}`;
	}
	answers.set(answer, (answers.get(answer) ?? 0) + 1);
}

/** Cuts of a file, in buffers of just that size, and copies in which one byte is another. */
function* damage(whole: Uint8Array): Iterable<ArrayBuffer> {
	for (let at = 0; at < whole.length; at += step) {
		yield whole.slice(0, at).buffer;
		for (const byte of [0, 0xff, (whole[at] as number) ^ (1 << (at & 7))]) {
			const copy = whole.slice();
			copy[at] = byte;
			yield copy.buffer;
		}
	}
}

const key = new Resource("server.key.pem");
for (const name of ["server.pem", "server.der"]) {
	for (const cert of damage(load(name))) {
		attempt(name, () => checkIdentity(cert, key, "server", { now: 0 }));
		attempt(`${name} in TLSContext`, () => new TLSContext({ cert, key, resumption: false }));
		attempt(`${name} as CA`, () => checkAuthorities(cert, { now: Date.now() }));
	}
}
const cert = new Resource("server.pem");
for (const name of ["server.key.pem", "server.key.der"]) {
	for (const damaged of damage(load(name))) attempt(name, () => checkIdentity(cert, damaged, "server", { now: 0 }));
}
for (const ca of damage(load("ca.pem"))) attempt("ca.pem", () => new Credentials().enableCA("both", ca));
for (const image of damage(load("identity.bin").slice(0, 3000))) {
	attempt("identity.bin", () => new Credentials().addIdentity("server", Image.fromPartition(image)));
	attempt("store", () => loadContents({ read: () => image, write() {} }));
}
trace(`answers ${JSON.stringify([...answers])}\n`);

const wrong: readonly unknown[] = [undefined, null, 0, 1.5, true, {}, [], () => 0, Symbol(), 10n, new Date()];
const accepted = wrong.filter(value => {
	try {
		checkIdentity(value as Bytes, value as Bytes, "server", { now: 0 });
	} catch (error) {
		return !(error instanceof TypeError || error instanceof CredentialsError);
	}
	return true;
});
trace(`wrong types ${wrong.length}, taken ${accepted.length}\n`);

/** Files that begin a block so many times. */
function readBeginnings(times: number, files: number): void {
	for (const line of ["-----BEGIN CERTIFICATE-----\n", "-----BEGIN X-----\n", "-----BEGIN "])
		for (const end of ["", "-----END CERTIFICATE-----\n"]) {
			const many = ArrayBuffer.fromString(line.repeat(times) + end);
			for (let file = 0; file < files; file++) attempt("many beginnings", () => checkAuthorities(many, { now: 0 }));
		}
}

// A file that begins a block again and again is read once, not once for each of them: as quickly as the same in pieces.
// The least of some rounds counts, for collections of garbage only add to it.
const least = { whole: Number.POSITIVE_INFINITY, pieces: Number.POSITIVE_INFINITY };
for (let round = 0; round < 5; round++) {
	const started = processorTime();
	readBeginnings(20_000, 1);
	const between = processorTime();
	readBeginnings(1_000, 20);
	least.whole = Math.min(least.whole, between - started);
	least.pieces = Math.min(least.pieces, processorTime() - between);
}
trace(`beginnings took ${Math.round(least.whole)} ms in one file, ${Math.round(least.pieces)} ms in twenty\n`);

import { checkIdentity } from "identity/check";
import Image, { type EntryRole, type EntryType, type NewEntry } from "identity/image";
import type { Store } from "identity/store";
import { decodeText } from "text/utf8";

/** What is known beside keys and certificates. Times are milliseconds since 1970. */
export interface Notes {
	/** The CA's directory, to which `account` belongs. */
	readonly directory: string;
	/** URL of the account. */
	readonly account?: string | undefined;
	/** Orders that have failed in a row, and before when the next one may not begin. */
	readonly failures: number;
	readonly notBefore: number;
}

/** All that is kept. */
export interface Contents {
	readonly notes: Notes;
	/** PKCS #8; `undefined` before the first order. */
	readonly accountKey: Uint8Array | undefined;
	/** PKCS #8, and DER, leaf first; none before the first certificate. */
	readonly key: Uint8Array | undefined;
	readonly chain: readonly Uint8Array[];
}

const names = Object.freeze(["directory", "account", "failures", "notBefore"]);
type JSONParse = (text: string, names: readonly string[]) => Partial<Notes>;

const readNotes = (bytes: Uint8Array | undefined, directory: string): Notes => {
	const fresh = { directory, failures: 0, notBefore: 0 };
	const text = bytes && decodeText(bytes.slice().buffer as ArrayBuffer);
	if (text === undefined) return fresh;
	try {
		const notes = (JSON.parse as unknown as JSONParse)(text, names);
		// Another CA knows nothing of the account, and has refused nothing.
		return notes.directory === directory ? { ...fresh, ...notes } : fresh;
	} catch {
		return fresh;
	}
};

/** Whether key and chain belong together: what is stored may be damaged. Dates are not looked at. */
const isPair = (chain: readonly Uint8Array[], key: Uint8Array | undefined): boolean => {
	if (chain[0] === undefined || key === undefined) return false;
	try {
		checkIdentity(chain[0], key, "server", { now: 0 });
		return true;
	} catch {
		return false;
	}
};

/** Reads the store: its sequence number, 0 if it is empty or damaged, and what is in it. */
export const loadContents = (store: Store, directory: string): { sequence: number; contents: Contents } => {
	const value = store.read();
	const bytes = value === undefined || value instanceof Uint8Array ? value : new Uint8Array(value as ArrayBuffer);
	const image = bytes && Image.fromSlot(bytes);
	// Copied, since a store may be mapped flash, which is written to later.
	const find = (type: EntryType, role: EntryRole) => image?.find(type, role).map(data => data.slice()) ?? [];
	const notes = readNotes(find("notes", "client")[0], directory);
	const chain = find("certificate", "server");
	const key = find("key", "server")[0];
	const pair = isPair(chain, key) ? { key, chain } : { key: undefined, chain: [] };
	return { sequence: image?.sequence ?? 0, contents: { notes, accountKey: find("key", "client")[0], ...pair } };
};

/** Replaces what the store holds; `now` is in milliseconds since 1970. */
export const saveContents = (store: Store, sequence: number, now: number, contents: Contents): void => {
	const { notes, accountKey, key, chain } = contents;
	const entries: NewEntry[] = [
		...chain.map((cert): NewEntry => ["certificate", "server", cert]),
		["notes", "client", ArrayBuffer.fromString(JSON.stringify(notes))]
	];
	if (key !== undefined) entries.push(["key", "server", key]);
	if (accountKey !== undefined) entries.push(["key", "client", accountKey]);
	store.write(Image.toSlot(sequence, now, entries));
};

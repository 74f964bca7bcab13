import { viewLeaf } from "identity/certificate-chain";
import { isIdentity } from "identity/check";
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
	/** Before when the CA is not asked to revoke what was replaced. */
	readonly revokeAt: number;
}

/** What is kept, but for the certificates above the leaf, which stay in the store. */
export interface Contents {
	readonly notes: Notes;
	/** PKCS #8; `undefined` before the first order. */
	readonly accountKey: Uint8Array | undefined;
	/** PKCS #8, and DER; none before the first certificate. */
	readonly key: Uint8Array | undefined;
	readonly leaf: Uint8Array | undefined;
	/** Certificates that others have taken the place of, and that the CA is to revoke. DER, the oldest first. */
	readonly replaced: readonly Uint8Array[];
}

const names = Object.freeze(["directory", "account", "failures", "notBefore", "revokeAt"]);
type JSONParse = (text: string, names: readonly string[]) => Partial<Notes>;

const readNotes = (bytes: Uint8Array | undefined, directory: string): Notes => {
	const fresh = { directory, failures: 0, notBefore: 0, revokeAt: 0 };
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

const readImage = (store: Store): Image | undefined => {
	const value = store.read();
	const bytes = value === undefined || value instanceof Uint8Array ? value : new Uint8Array(value as ArrayBuffer);
	return bytes && Image.fromSlot(bytes);
};

/**
 * Reads the store: its sequence number, 0 if it is empty or damaged, and what is in it.
 * @throws {CredentialsError} `MEMORY`
 */
export const loadContents = (
	store: Store,
	directory: string
): { sequence: number; contents: Contents; chainLength: number } => {
	const image = readImage(store);
	// Copied, since a store may be mapped flash, which is written to later.
	const find = (type: EntryType, role: EntryRole) => image?.find(type, role).map(data => data.slice()) ?? [];
	const notes = readNotes(find("notes", "client")[0], directory);
	const chain = image?.find("certificate", "server")[0];
	const leaf = chain && viewLeaf(chain).slice();
	const key = find("key", "server")[0];
	// What is stored may be damaged.
	const isWhole = leaf !== undefined && key !== undefined && isIdentity(leaf, key);
	const pair = isWhole ? { key, leaf } : { key: undefined, leaf: undefined };
	const [accountKey] = find("key", "client");
	const contents = { notes, accountKey, ...pair, replaced: find("certificate", "client") };
	return { sequence: image?.sequence ?? 0, contents, chainLength: isWhole ? (chain?.length ?? 0) : 0 };
};

/** The chain of a leaf: DER, leaf first, in one, where the store has it. `undefined` when it has it no longer. */
export const findChain = (store: Store, leaf: Uint8Array | undefined): Uint8Array | undefined => {
	const chain = leaf && readImage(store)?.find("certificate", "server")[0];
	return leaf?.every((byte, at) => byte === chain?.[at]) ? chain : undefined;
};

/**
 * Replaces what the store holds; `now` is in milliseconds since 1970.
 * @param chain DER, in one or in pieces. Pieces are taken out of it: beside what the store does there may be no room for them.
 */
export const saveContents = (
	store: Store,
	sequence: number,
	now: number,
	{ notes, accountKey, key, replaced }: Contents,
	chain: Uint8Array | Uint8Array[] | undefined
): void => {
	const entries: NewEntry[] = [
		// In one, so that it can be read where it is.
		...(chain === undefined ? [] : [["certificate", "server", chain] as const]),
		...replaced.map((cert): NewEntry => ["certificate", "client", cert]),
		["notes", "client", ArrayBuffer.fromString(JSON.stringify(notes))]
	];
	if (key !== undefined) entries.push(["key", "server", key]);
	if (accountKey !== undefined) entries.push(["key", "client", accountKey]);
	const slot = Image.toSlot(sequence, now, entries);
	entries.length = 0;
	if (Array.isArray(chain)) chain.length = 0;
	store.write(slot);
};

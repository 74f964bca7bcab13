import { isIdentity } from "../check";
import Image, { type EntryRole, type EntryType } from "../image";
import type { Store } from "../store";
import { encodeSlot, type NewEntry } from "./slot";

export interface KeyPair {
	/** DER. */
	readonly cert: Uint8Array;
	/** PKCS #8. */
	readonly key: Uint8Array;
}

/** The identity that a device has made for itself. */
export interface Contents {
	/** PKCS #8. */
	readonly key: Uint8Array;
	/** DER, leaf first. */
	readonly chain: readonly Uint8Array[];
	/** The device's own CA, if that has signed the chain. */
	readonly authority: KeyPair | undefined;
}

/** `undefined` when they do not belong together: what is stored may be damaged, and is made anew then. */
const toPair = (cert: Uint8Array | undefined, key: Uint8Array | undefined): KeyPair | undefined => {
	if (cert === undefined || key === undefined || !isIdentity(cert, key)) return undefined;
	return { cert, key };
};

/**
 * Reads the store: its sequence number, 0 if it is empty or damaged, and the contents if they are usable.
 * @throws {CredentialsError} `MEMORY`
 */
export const loadContents = (store: Store): { sequence: number; contents: Contents | undefined } => {
	const value = store.read();
	if (value === undefined) return { sequence: 0, contents: undefined };
	const image = Image.fromSlot(value instanceof Uint8Array ? value : new Uint8Array(value as ArrayBuffer));
	if (image === undefined) return { sequence: 0, contents: undefined };
	// Copied, since a store may be mapped flash, which is written to later.
	const find = (type: EntryType, role: EntryRole) => image.find(type, role).map(data => data.slice());
	const chain = find("certificate", "server");
	const pair = toPair(chain[0], find("key", "server")[0]);
	const authority = toPair(find("ca", "authority")[0], find("key", "authority")[0]);
	return { sequence: image.sequence, contents: pair && { key: pair.key, chain, authority } };
};

/** Replaces what the store holds; `now` is in milliseconds since 1970. */
export const saveContents = (
	store: Store,
	sequence: number,
	now: number,
	{ key, chain, authority }: Contents
): void => {
	const entries: NewEntry[] = [
		...chain.map((cert): NewEntry => ["certificate", "server", cert]),
		["key", "server", key]
	];
	if (authority !== undefined) {
		entries.push(["ca", "authority", authority.cert], ["key", "authority", authority.key]);
	}
	store.write(encodeSlot(sequence, now, entries));
};

// In the place of tls/psk.

interface Options {
	readonly psks?: unknown;
	readonly psk?: unknown;
	readonly pskIdentityHint?: unknown;
}

/** What a `TLSContext` calls with its options. @returns that it has no pre-shared keys. */
export const applyPSKs = (_native: unknown, { psks, psk, pskIdentityHint }: Options): false => {
	if (psks === undefined && psk === undefined && pskIdentityHint === undefined) return false;
	throw new TypeError(
		"This firmware has no pre-shared keys: its manifest includes modules/without/pre-shared-keys.json"
	);
};

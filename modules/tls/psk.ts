import { decodeHex } from "text/hex";
import type { Bytes } from "../io";
import { checkBoolean, checkBytes, checkText } from "./config/arguments";
import type NativeContext from "./config/native-context";
import { checkOptionNames } from "./config/option-names";
import { checkConstructed, toErrorCode } from "./config/result";
import TLSError from "./error";

const MOST_IDENTITY = 128; // bytes
const MOST_KEY = 32; // bytes
/** Bytes. A shorter key can be found by trying all, from one handshake that was recorded (RFC 9257 §6). */
const LEAST_KEY = 16;

/** The C table. Declarations only. */
class NativePSKs extends Native("xs_xstls_psks_destructor") {
	constructor() {
		super();
		checkConstructed("a table of pre-shared keys", this.construct());
	}
	private construct(): number {
		return native("xs_xstls_psks_constructor").call(this);
	}
	add(identity: string | Bytes, key: Bytes): number {
		return native("xs_xstls_psks_add").call(this, identity, key);
	}
	revoke(identity: string | Bytes): boolean {
		return native("xs_xstls_psks_revoke").call(this, identity);
	}
	get count(): number {
		return native("xs_xstls_psks_count").call(this);
	}
}

/**
 * 16 to 32 bytes, or as many in hexadecimal; from 1 byte where short keys are allowed. Make a key of random bytes: a password
 * can be guessed.
 */
export type PreSharedKey = string | Bytes;

export interface PreSharedKeysOptions {
	/** Takes keys of less than 16 bytes, and says so on the console. Default `false`. */
	allowShortKeys?: boolean;
}

export interface PSKOptions {
	/** Server: the keys of its clients, beside certificates or alone (row C4). */
	psks?: PreSharedKeys;
	/**
	 * Server: tells a TLS 1.2 client which identity to choose, 1 to 128 bytes (RFC 4279 §5.2). It is sent with suites of
	 * a pre-shared key alone, such as `TLS_PSK_WITH_AES_128_GCM_SHA256`, which `ciphers` has to name; with ECDHE it is not, and
	 * TLS 1.3 has none.
	 */
	pskIdentityHint?: string;
	/**
	 * Client: its key, and the identity that the server knows it by, 1 to 128 bytes. With `allowShortKey` the key may have
	 * less than 16 bytes, which is said on the console.
	 */
	psk?: { identity: string; key: PreSharedKey; allowShortKey?: boolean };
}

const toBytes = (key: PreSharedKey): Bytes => {
	if (typeof key !== "string") return checkBytes("A pre-shared key", key);
	const bytes = key.length > 2 * MOST_KEY ? undefined : decodeHex(key);
	if (bytes !== undefined && bytes.length > 0) return bytes;
	throw new RangeError("A pre-shared key in a string is 2 to 64 hexadecimal digits, an even number of them");
};

/** @param allowing the option that allows a short key, and whether it does */
const toKey = (key: PreSharedKey, [option, isAllowed]: readonly [string, boolean]): Bytes => {
	const bytes = toBytes(key);
	const { byteLength } = bytes;
	if (byteLength >= LEAST_KEY || byteLength === 0) return bytes;
	if (!isAllowed)
		throw new RangeError(`A pre-shared key of ${byteLength} bytes can be guessed: ${LEAST_KEY} or more, or ${option}`);
	trace(`TLS: a pre-shared key of ${byteLength} bytes can be guessed from a handshake that was recorded\n`);
	return bytes;
};

const toIdentity = (identity: string | Bytes): string | Bytes => {
	if (typeof identity === "string") return checkText("identity", identity, MOST_IDENTITY);
	return checkBytes("identity", identity);
};

const check = (attempt: string, result: number): void => {
	const code = toErrorCode(result);
	if (code === "ARGUMENT") throw new RangeError(`${attempt}: an identity is 1 to 128 bytes, a key 1 to 32`);
	if (code !== "NONE") throw new TLSError(code, { attempt });
};

/**
 * The pre-shared keys that a server knows, by identity: TLS 1.2 PSK and ECDHE-PSK, TLS 1.3 with ECDHE.
 * It may be changed at any time: connections that are established stay, and so do the sessions of other identities.
 */
export class PreSharedKeys {
	/** The C table; for the other files of this module. */
	readonly native: NativePSKs = new NativePSKs();
	private readonly allowing: readonly [string, boolean];

	/** @throws {TypeError} an option that does not exist, or of another type */
	constructor(options: PreSharedKeysOptions = {}) {
		checkOptionNames("PreSharedKeys", options, { allowShortKeys: true });
		this.allowing = ["allowShortKeys", checkBoolean("allowShortKeys", options.allowShortKeys ?? false)];
	}

	/**
	 * Sets the key of an identity. When it replaces another key, sessions that began with that one are not resumed any more.
	 * @throws {RangeError} an identity or a key out of range, a key of less than 16 bytes that is not allowed, or a string that
	 * is not hexadecimal
	 */
	add(identity: string | Bytes, key: PreSharedKey): void {
		check("Adding a pre-shared key", this.native.add(toIdentity(identity), toKey(key, this.allowing)));
	}

	/** Removes an identity; its sessions are not resumed any more. @returns `false` when there was no such identity */
	revoke(identity: string | Bytes): boolean {
		return this.native.revoke(toIdentity(identity));
	}

	/** Identities in the table. */
	get size(): number {
		return this.native.count;
	}
}

const setHint = (native: NativeContext, hint: string): void => {
	const code = toErrorCode(native.setPSKHint(checkText("pskIdentityHint", hint, MOST_IDENTITY)));
	if (code !== "NONE") throw new TLSError(code, { attempt: "Setting the PSK identity hint" });
};

/**
 * Gives a configuration that is not sealed yet its pre-shared keys.
 * @returns whether it can serve with them
 */
export const applyPSKs = (native: NativeContext, { psks, psk, pskIdentityHint }: PSKOptions): boolean => {
	if (pskIdentityHint !== undefined) setHint(native, pskIdentityHint);
	if (psk !== undefined)
		check(
			"Setting the pre-shared key",
			native.setClientPSK(
				checkText("psk.identity", psk.identity, MOST_IDENTITY),
				toKey(psk.key, ["psk.allowShortKey", checkBoolean("psk.allowShortKey", psk.allowShortKey ?? false)])
			)
		);
	if (psks === undefined) return false;
	if (!(psks instanceof PreSharedKeys)) throw new TypeError("psks must be PreSharedKeys");
	check("Setting pre-shared keys", native.setPSKs(psks.native));
	return true;
};

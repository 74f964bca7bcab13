import { decodeBase64Lines } from "text/base64";
import { decodeHex } from "text/hex";
import { checkArray, checkBoolean, checkData } from "./config/arguments";
import type NativeContext from "./config/native-context";
import { checkResult } from "./config/result";
import { limits } from "./limits";

const HASH_SIZE = 32;

/** What a TLSContext trusts, beside `ca`. */
export interface TrustOptions {
	/**
	 * Root certificates in ESP-IDF's `x509_crt_bundle` format, as `certs bundle` makes it (row C2). A Resource or
	 * another host buffer is read in place, and must not be changed; an ArrayBuffer is copied.
	 */
	caBundle?: ArrayBuffer | ArrayBufferView | HostBuffer;
	/**
	 * SHA-256 of the public keys (SubjectPublicKeyInfo) that the peer may have, each in Base64 or hexadecimal.
	 * With `ca` or `caBundle` the chain must verify too; without them a pinned key is trusted whoever signed its certificate.
	 */
	pinnedPublicKeys?: readonly string[];
	/** Client: the server's certificate must be for the server's name (RFC 9525). Default `true`. */
	checkServerIdentity?: boolean;
	/**
	 * `"enforce"`, the default: the dates of certificates are always checked. `"defer"`: not while the clock has not been
	 * set, that is, shows a time before `clockFloor`.
	 */
	validity?: "enforce" | "defer";
	/** Seconds since 1970 that a clock shows at least once it has been set. Default `limits.clockFloor`. */
	clockFloor?: number;
}

/** Hexadecimal with or without colons between the bytes, or at the end; `undefined` when it is anything else. */
const parseFingerprint = (text: string): Uint8Array | undefined => {
	const groups = text.split(":");
	if (groups.at(-1) === "") groups.pop();
	const areWhole = groups.every(group => group.length > 0 && group.length % 2 === 0);
	return areWhole ? decodeHex(groups.join("")) : undefined;
};

const parseHash = (text: string): Uint8Array => {
	const fingerprint = parseFingerprint(text);
	const bytes = fingerprint?.length === HASH_SIZE ? fingerprint : decodeBase64Lines(text);
	if (bytes?.length !== HASH_SIZE) {
		throw new RangeError(`pinnedPublicKeys: "${text}" is not a SHA-256 hash in Base64 or hexadecimal`);
	}
	return bytes;
};

const toClockFloor = ({ validity = "enforce", clockFloor = limits.clockFloor }: TrustOptions): number => {
	if (validity !== "enforce" && validity !== "defer") {
		throw new RangeError(`validity is "${validity}": it must be "enforce" or "defer"`);
	}
	if (!(Number.isInteger(clockFloor) && clockFloor >= 0)) {
		throw new RangeError(`clockFloor is ${clockFloor}: it must be a whole number of seconds since 1970`);
	}
	return validity === "defer" ? clockFloor : 0;
};

const checkBundle = (
	bundle: ArrayBuffer | ArrayBufferView | HostBuffer
): ArrayBuffer | ArrayBufferView | HostBuffer => {
	const data = checkData("caBundle", bundle);
	if (typeof data !== "string") return data;
	throw new TypeError("caBundle is no text: it is what certs bundle makes");
};

/**
 * Sets what `options` trust in a configuration that is not sealed yet.
 * @throws {TLSError} `CA_INVALID` when `caBundle` is no bundle, `MEMORY`
 * @throws {RangeError} an option out of range
 * @throws {TypeError} an option of the wrong type
 */
export const applyTrust = (native: NativeContext, options: TrustOptions): void => {
	const { caBundle, pinnedPublicKeys = [], checkServerIdentity = true } = options;
	if (caBundle !== undefined)
		checkResult("Loading the bundle of CA certificates", native, native.setBundle(checkBundle(caBundle)));
	for (const text of checkArray("pinnedPublicKeys", pinnedPublicKeys))
		checkResult("Pinning a public key", native, native.addPin(parseHash(text)));
	checkResult("Setting the validity", native, native.setClockFloor(toClockFloor(options)));
	if (!checkBoolean("checkServerIdentity", checkServerIdentity))
		checkResult("Ignoring the server's name", native, native.ignoreName());
};

import { checkBoolean, checkData, checkList } from "./connection/check";
import { checkAnswer } from "./connection/check-answer";
import type NativeContext from "./connection/native-context";
import { limits } from "./limits";
import { decodeBase64 } from "./x509/base64";

const HASH_SIZE = 32;

/** Whom a TLSContext trusts, beside `ca`. */
export interface TrustOptions {
	/**
	 * Root certificates in ESP-IDF's `x509_crt_bundle` format, as `certs bundle` makes it (row C2). A Resource or
	 * another host buffer is read in place, and must not be changed; an ArrayBuffer is copied.
	 */
	caBundle?: ArrayBuffer | ArrayBufferView | HostBuffer;
	/**
	 * SHA-256 of the public keys (SubjectPublicKeyInfo) that the peer may have, each in Base64 or hexadecimal.
	 * With `ca` or `caBundle` both must hold; without, a pinned key is trusted for itself, whoever signed for it.
	 */
	pinnedPublicKeys?: readonly string[];
	/** Client: the server's certificate must be for the server's name (RFC 9525). Default `true`. */
	checkServerIdentity?: boolean;
	/**
	 * `"defer"`: the dates of certificates do not count while the clock has not been set, that is, shows a time
	 * before `clockFloor`. Default `"enforce"`: they always do.
	 */
	validity?: "enforce" | "defer";
	/** Seconds since 1970 that a clock shows at least once it has been set. Default `limits.clockFloor`. */
	clockFloor?: number;
}

function parseHash(text: string): Uint8Array {
	const bytes = /^([0-9a-fA-F]{2}:?){32}$/.test(text)
		? Uint8Array.from(text.replace(/:/g, "").match(/../g) ?? [], pair => Number.parseInt(pair, 16))
		: decodeBase64(text);
	if (bytes?.length !== HASH_SIZE) {
		throw new RangeError(`pinnedPublicKeys: "${text}" is not a SHA-256 hash in Base64 or hexadecimal`);
	}
	return bytes;
}

function toClockFloor({ validity = "enforce", clockFloor = limits.clockFloor }: TrustOptions): number {
	if (validity !== "enforce" && validity !== "defer") {
		throw new RangeError(`validity is "${validity}": it must be "enforce" or "defer"`);
	}
	if (!(Number.isInteger(clockFloor) && clockFloor >= 0)) {
		throw new RangeError(`clockFloor is ${clockFloor}: it must be a whole number of seconds since 1970`);
	}
	return validity === "defer" ? clockFloor : 0;
}

function checkBundle(bundle: ArrayBuffer | ArrayBufferView | HostBuffer): ArrayBuffer | ArrayBufferView | HostBuffer {
	const data = checkData("caBundle", bundle);
	if (typeof data !== "string") return data;
	throw new TypeError("caBundle is no text: it is what certs bundle makes");
}

/**
 * Gives a configuration that is not sealed yet the trust that `options` name.
 * @throws {TLSError} `CA_INVALID` when `caBundle` is no bundle, `MEMORY`
 * @throws {RangeError} an option out of range
 * @throws {TypeError} an option of the wrong type
 */
export function applyTrust(native: NativeContext, options: TrustOptions): void {
	const { caBundle, pinnedPublicKeys = [], checkServerIdentity = true } = options;
	if (caBundle !== undefined)
		checkAnswer("Loading the bundle of CA certificates", native, native.setBundle(checkBundle(caBundle)));
	for (const text of checkList("pinnedPublicKeys", pinnedPublicKeys))
		checkAnswer("Pinning a public key", native, native.addPin(parseHash(text)));
	checkAnswer("Setting the validity", native, native.setClockFloor(toClockFloor(options)));
	if (!checkBoolean("checkServerIdentity", checkServerIdentity))
		checkAnswer("Ignoring the server's name", native, native.ignoreName());
}

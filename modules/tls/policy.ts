import { checkArray, checkInteger } from "./config/arguments";
import type NativeContext from "./config/native-context";
import { checkResult, toErrorCode } from "./config/result";
import TLSError from "./error";

/** Lists by number, as `xstls_policy_list` in tls-policy.h counts them. */
const lists = { ciphers: 0, groups: 1, signatureAlgorithms: 2 } as const;
Object.freeze(lists);

const kinds = Object.freeze(["cipher suite", "group", "signature algorithm"] as const);

/**
 * What may be negotiated, by IANA's names, in order of preference, which decides at a server. A list that is not given is the
 * default one.
 */
export interface PolicyOptions {
	/** Cipher suites of both versions, such as `TLS_AES_128_GCM_SHA256`. Default: AEAD with forward secrecy. */
	ciphers?: readonly string[];
	/**
	 * Most bytes of plaintext in a record that the peer sends, 512 to 16,384, which is the default; a larger record ends
	 * the connection with `RECORD_OVERFLOW` (rows A1, E5). A client with `maxVersion` TLSv1.2 asks for such records (RFC 6066 §4).
	 */
	receiveSize?: number;
	/** Most bytes of plaintext in a record that is sent, 512 to 4,096 (ESP8266: 2,048), which is the default. */
	transmitSize?: number;
	/**
	 * Groups for the key exchange. Default `x25519`, `secp256r1`, `secp384r1`. Over TLS 1.3 the client's order decides at a server: a
	 * client that has made no key for any of them is asked for one, which takes a round trip more.
	 */
	groups?: readonly string[];
	/**
	 * Signature algorithms in the handshake and in the peer's certificates below the trusted root, such as
	 * `ecdsa_secp256r1_sha256`. Default: all.
	 */
	signatureAlgorithms?: readonly string[];
}

interface VersionOptions {
	minVersion?: string;
	maxVersion?: string;
}

function policyName(this: unknown, list: number, index: number): string | undefined {
	return native("xs_xstls_policy_name").call(this, list, index);
}

function mostRecordSize(this: unknown, which: number): number {
	return native("xs_xstls_policy_record_size").call(this, which);
}

/** Bytes: the shortest records that an end may ask for by the extension max_fragment_length (RFC 6066 §4). */
const LEAST_RECORD_SIZE = 512;

const checkRecordSize = (name: "receiveSize" | "transmitSize", size: number | undefined): number => {
	const most = mostRecordSize(name === "receiveSize" ? 0 : 1);
	if (size === undefined) return most;
	return checkInteger(name, size, LEAST_RECORD_SIZE, most);
};

const setRecordSizes = (native: NativeContext, { receiveSize, transmitSize }: PolicyOptions): [number, number] => {
	const receive = checkRecordSize("receiveSize", receiveSize);
	const transmit = checkRecordSize("transmitSize", transmitSize);
	checkResult("Setting record sizes", native, native.setRecordSizes(receive, transmit));
	return [receive, transmit];
};

/** The names that this build knows. */
export const supportedNames = (option: keyof typeof lists): string[] => {
	const names: string[] = [];
	for (let name = policyName(lists[option], 0); name !== undefined; name = policyName(lists[option], names.length)) {
		names.push(name);
	}
	return names;
};

const allow = (native: NativeContext, list: number, name: string): void => {
	if (typeof name !== "string") throw new TypeError(`A ${kinds[list]} is named by a string`);
	const code = toErrorCode(native.allow(list, name));
	if (code === "ARGUMENT") throw new RangeError(`This build has no ${kinds[list]} "${name}"`);
	if (code !== "NONE") throw new TLSError(code, { attempt: `Allowing ${kinds[list]} ${name}` });
};

/** Refuses suites of the other version alone. Names of TLS 1.2 suites have the key exchange before `_WITH_`. */
const checkSuites = ({ ciphers, minVersion, maxVersion }: PolicyOptions & VersionOptions): void => {
	const isUsable = (name: string) => (name.includes("_WITH_") ? minVersion !== "TLSv1.3" : maxVersion !== "TLSv1.2");
	if (ciphers === undefined || ciphers.some(isUsable)) return;
	const versions = minVersion === "TLSv1.3" ? "minVersion TLSv1.3" : "maxVersion TLSv1.2";
	throw new RangeError(`ciphers has nothing for ${versions}: ${ciphers.join(", ")}`);
};

/**
 * Sets what `options` allow in a configuration that is not sealed yet.
 * @returns `receiveSize` and `transmitSize`
 * @throws {RangeError} a name that this build does not have, an empty list, a size out of range, suites of another version alone
 */
export const applyPolicy = (native: NativeContext, options: PolicyOptions & VersionOptions): [number, number] => {
	for (const option of ["ciphers", "groups", "signatureAlgorithms"] as const) {
		const names = options[option];
		if (names === undefined) continue;
		if (checkArray(option, names).length === 0) throw new RangeError(`${option} is empty: nothing could be agreed on`);
		for (const name of new Set(names)) allow(native, lists[option], name);
	}
	checkSuites(options);
	return setRecordSizes(native, options);
};

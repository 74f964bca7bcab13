import { parseIPAddress } from "text/ip-address";
import type { Bytes } from "./bytes";
import { issueCertificate, issueKey, issueRequest, signWith } from "./issue/certificate";
import { encodeNames } from "./issue/names";
import { limits } from "./limits";

/** Bytes of each coordinate of the public key, with which PKCS #8 ends. */
const coordinate = 32;

const encode = (names: readonly string[]): ArrayBuffer => {
	const isAddress = (name: string) => parseIPAddress(name) !== undefined;
	return encodeNames(
		names.filter(name => !isAddress(name)),
		names.filter(isAddress)
	);
};

/** The common name: one of the names, since CAs refuse another; none where all are too long for it. */
const toSubject = (names: readonly string[]): string => {
	return names.find(name => name.length <= limits.maxCommonName) ?? "";
};

/** A P-256 key that the device has made, and what it signs. */
export default class SigningKey {
	/** PKCS #8. */
	readonly bytes: Uint8Array;

	/** @param bytes of such a key */
	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	/**
	 * A new key. It takes some 100 ms on an ESP32.
	 * @throws {CredentialsError} `RANDOM`, `MEMORY`
	 */
	static make(): SigningKey {
		return new SigningKey(new Uint8Array(issueKey()));
	}

	/** The public key's coordinates, 32 bytes each. */
	get x(): Uint8Array {
		return this.bytes.slice(-2 * coordinate, -coordinate);
	}

	get y(): Uint8Array {
		return this.bytes.slice(-coordinate);
	}

	/**
	 * An ES256 signature (RFC 7518 §3.4): r and s, 64 bytes.
	 * @throws {CredentialsError} `KEY_INVALID`, `MEMORY`, `RANDOM`
	 */
	sign(message: Bytes): ArrayBuffer {
		return signWith(this.bytes, message);
	}

	/**
	 * A signing request (PKCS #10) in DER for these host names and addresses.
	 * @throws {RangeError} too many names
	 * @throws {CredentialsError} `KEY_INVALID`, `MEMORY`, `RANDOM`
	 */
	makeRequest(names: readonly string[]): ArrayBuffer {
		return issueRequest(toSubject(names), this.bytes, encode(names));
	}

	/**
	 * A certificate in DER that proves to an ACME server whose the name is, and nothing to anyone else (RFC 8737 §3).
	 * @param digest SHA-256 of the key authorization
	 */
	makeProof(name: string, digest: ArrayBuffer): ArrayBuffer {
		return issueCertificate({
			subject: toSubject([name]),
			key: this.bytes,
			validity: { from: limits.earliest, to: limits.latest },
			names: encode([name]),
			challenge: digest
		});
	}
}

import { encodeHex } from "text/hex";
import { encodeText } from "text/utf8";
import { sha256 } from "tls/digest";
import { randomBytes } from "tls/random";

// The one file of httpsd that uses TLS's cryptography: a server without authentication does not load it.

const blockSize = 64;
const digestSize = 32;

/** Whether two secrets are the same. The time that it takes does not depend on where they differ: hashes are compared. */
export const sameSecret = (one: string, other: string): boolean => {
	const a = new Uint8Array(sha256(encodeText(one)));
	const b = new Uint8Array(sha256(encodeText(other)));
	let difference = 0;
	for (let at = 0; at < digestSize; at++) difference |= (a[at] as number) ^ (b[at] as number);
	return difference === 0;
};

/**
 * HMAC with SHA-256 (RFC 2104) of a text.
 * @param key of at most 64 bytes.
 * @returns 64 hexadecimal digits.
 */
export const hmac = (key: string, message: string): string => {
	const bytes = encodeText(key);
	const inner = sha256(pad(bytes, 0x36).concat(encodeText(message)));
	return encodeHex(sha256(pad(bytes, 0x5c).concat(inner)));
};

/** SHA-256 of a text, in hexadecimal. */
export const hashText = (text: string): string => {
	return encodeHex(sha256(encodeText(text)));
};

/** Bytes that nobody can guess, in hexadecimal: two digits each. @param count 1 to 1024. */
export const randomHex = (count: number): string => {
	return encodeHex(randomBytes(count));
};

const pad = (key: ArrayBuffer, fill: number): ArrayBuffer => {
	const block = new Uint8Array(blockSize).fill(fill);
	for (const [at, byte] of new Uint8Array(key).entries()) block[at] = byte ^ fill;
	return block.buffer;
};

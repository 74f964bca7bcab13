import { sha256 } from "tls/digest";

const block = 64; // bytes

const pad = (key: Uint8Array, value: number): Uint8Array => {
	return new Uint8Array(block).map((_, at) => (key[at] ?? 0) ^ value);
};

const concat = (first: Uint8Array, second: Uint8Array): ArrayBuffer => {
	const both = new Uint8Array(first.length + second.length);
	both.set(first);
	both.set(second, first.length);
	return both.buffer;
};

/** HMAC of SHA-256 (RFC 2104), 32 bytes. */
export const hmac = (key: Uint8Array, message: ArrayBuffer): ArrayBuffer => {
	const short = key.length > block ? new Uint8Array(sha256(key)) : key;
	const inner = sha256(concat(pad(short, 0x36), new Uint8Array(message)));
	return sha256(concat(pad(short, 0x5c), new Uint8Array(inner)));
};

import type { Bytes } from "../io";

/** SHA-256 of `bytes`, 32 bytes. */
export function sha256(this: unknown, bytes: Bytes): ArrayBuffer {
	return native("xs_xstls_sha256").call(this, bytes);
}

import type { Bytes } from "../io";
import { checkConstructed } from "./config/result";

/** SHA-256 of what comes in pieces. */
export class SHA256 extends Native("xs_xstls_hash_destructor") {
	/** @throws {TLSError} `MEMORY` */
	constructor() {
		super();
		checkConstructed("a hash", this.construct());
	}
	private construct(): number {
		return native("xs_xstls_hash_constructor").call(this);
	}
	/** Adds bytes. @throws {Error} `digest()` was called */
	update(bytes: Bytes): void {
		return native("xs_xstls_hash_update").call(this, bytes);
	}
	/** The 32 bytes of the hash, once. @throws {Error} it was called before */
	digest(): ArrayBuffer {
		return native("xs_xstls_hash_digest").call(this);
	}
}

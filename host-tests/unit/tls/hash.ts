// A FAKE of tls/hash, on Node's crypto: what it has in its place is C.

import { createHash } from "node:crypto";

export class SHA256 {
	readonly #hash = createHash("sha256");

	update(bytes: ArrayBuffer): void {
		this.#hash.update(new Uint8Array(bytes));
	}

	digest(): ArrayBuffer {
		return Uint8Array.from(this.#hash.digest()).buffer;
	}
}

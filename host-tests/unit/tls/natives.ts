// The natives that pure files of modules/tls call, on Node's crypto.

import { createHash } from "node:crypto";

const natives: Record<string, (...parameters: never[]) => unknown> = {
	xs_tls_sha256: (bytes: ArrayBuffer) => {
		const digest = createHash("sha256").update(new Uint8Array(bytes)).digest();
		return digest.buffer.slice(digest.byteOffset, digest.byteOffset + digest.length);
	}
};

Object.assign(globalThis, { native: (name: string) => natives[name] });

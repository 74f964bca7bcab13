// The natives that pure files of modules/tls call, on Node's crypto.

import { createHash, randomBytes } from "node:crypto";

const natives: Record<string, (...parameters: never[]) => unknown> = {
	xs_xstls_sha256: (bytes: ArrayBuffer) => {
		const digest = createHash("sha256").update(new Uint8Array(bytes)).digest();
		return digest.buffer.slice(digest.byteOffset, digest.byteOffset + digest.length);
	},
	xs_xstls_xs_heap: () => 1000,
	xs_xstls_heap: () => undefined,
	xs_xstls_random: (count: number) => Uint8Array.from(randomBytes(count)).buffer
};

const { native: others } = globalThis as unknown as { native?: (name: string) => unknown };
Object.assign(globalThis, { native: (name: string) => natives[name] ?? others?.(name) });

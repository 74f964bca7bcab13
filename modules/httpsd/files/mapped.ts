import { hashContent } from "../content/content-hash";
import type { StoredFile } from "./response";

/** A file in memory or in flash, by its bytes, which do not change. */
export async function mapped(bytes: ArrayBuffer, modified?: number): Promise<StoredFile> {
	return {
		length: bytes.byteLength,
		modified,
		isMapped: true,
		etag: `"${await hashContent(bytes)}"`,
		read: (start, end) => new Uint8Array(bytes, start, end - start)
	};
}

/** The text of bytes that a peer has chosen, and that need not be UTF-8: `undefined` when they are not. */
export function toText(bytes: ArrayBuffer): string | undefined {
	try {
		return String.fromArrayBuffer(bytes);
	} catch {
		return undefined;
	}
}

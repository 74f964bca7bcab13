/** The text of bytes that a peer has chosen, and that need not be UTF-8: `undefined` when they are not. */
export function toText(bytes: ArrayBuffer): string | undefined {
	try {
		return String.fromArrayBuffer(bytes);
	} catch {
		return undefined;
	}
}

/** The name of a host that a client has asked for, in lower case; `undefined` when it is none that could be one. */
export function toServername(name: ArrayBuffer | undefined): string | undefined {
	const text = name && toText(name);
	return text === undefined || text.includes("\0") ? undefined : text.toLowerCase();
}

/** Bytes of all. */
export const totalLength = (parts: readonly Uint8Array[]): number => {
	return parts.reduce((length, part) => length + part.byteLength, 0);
};

/** One after the other. XS takes 16 bytes for a number in an array, and of its stack for each that is spread: so bytes stay such. */
export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
	const joined = new Uint8Array(totalLength(parts));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.byteLength;
	}
	return joined;
};

/** One after the other. XS takes 16 bytes for a number in an array, and of its stack for each that is spread: so bytes stay such. */
export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
	const joined = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.byteLength;
	}
	return joined;
};

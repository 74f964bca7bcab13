/**
 * Takes the mask off a frame's content, or puts it on, in place (RFC 6455 §5.3). XS interprets this loop, so it goes
 * by words of four bytes, four at a time.
 * @param bytes content, of any length.
 * @param key the masking key, its first byte lowest, turned to where `bytes` begin. XS runs on little-endian machines
 * only.
 * @returns the key turned to where `bytes` end.
 */
export const unmask = (bytes: ArrayBuffer, key: number): number => {
	const count = bytes.byteLength >> 2;
	const words = new Int32Array(bytes, 0, count);
	let at = 0;
	for (const fours = count - 3; at < fours; ) {
		(words[at++] as number) ^= key;
		(words[at++] as number) ^= key;
		(words[at++] as number) ^= key;
		(words[at++] as number) ^= key;
	}
	while (at < count) (words[at++] as number) ^= key;
	const over = bytes.byteLength & 3;
	if (over === 0) return key;
	const tail = new Uint8Array(bytes, count << 2);
	for (let index = 0; index < over; index++) (tail[index] as number) ^= key >>> (8 * index);
	return (key >>> (8 * over)) | (key << (32 - 8 * over));
};

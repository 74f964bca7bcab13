const initial: readonly number[] = Object.freeze([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
const constants: readonly number[] = Object.freeze([0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6]);

/**
 * SHA-1 (RFC 3174). For the WebSocket handshake, which asks for it and does not rest on its strength; too slow and too
 * weak for anything else.
 * @returns 20 bytes.
 */
export const sha1 = (message: ArrayBuffer): Uint8Array => {
	const padded = pad(message);
	const state = [...initial];
	const words = new Int32Array(80);
	for (let at = 0; at < padded.byteLength; at += 64) compress(state, words, new DataView(padded, at, 64));
	const digest = new DataView(new ArrayBuffer(20));
	for (let index = 0; index < 5; index++) digest.setInt32(4 * index, state[index] as number);
	return new Uint8Array(digest.buffer);
};

/** The message, a 1 bit, zeros, and the length in bits, in blocks of 64 bytes. */
const pad = (message: ArrayBuffer): ArrayBuffer => {
	const length = message.byteLength;
	const padded = new Uint8Array((((length + 8) >> 6) + 1) << 6);
	padded.set(new Uint8Array(message));
	padded[length] = 0x80;
	new DataView(padded.buffer).setUint32(padded.byteLength - 4, length * 8);
	return padded.buffer;
};

const compress = (state: number[], words: Int32Array, block: DataView): void => {
	for (let index = 0; index < 16; index++) words[index] = block.getInt32(4 * index);
	for (let index = 16; index < 80; index++) {
		const mixed = word(words, index - 3) ^ word(words, index - 8) ^ word(words, index - 14) ^ word(words, index - 16);
		words[index] = rotate(mixed, 1);
	}
	let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
	for (let index = 0; index < 80; index++) {
		const quarter = (index / 20) | 0;
		const next = (rotate(a, 5) + choose(quarter, b, c, d) + e + (constants[quarter] ?? 0) + word(words, index)) | 0;
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = next;
	}
	for (const [index, value] of [a, b, c, d, e].entries()) state[index] = ((state[index] as number) + value) | 0;
};

const choose = (quarter: number, b: number, c: number, d: number): number => {
	if (quarter === 0) return (b & c) | (~b & d);
	return quarter === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
};

const word = (words: Int32Array, index: number): number => {
	return words[index] as number;
};

const rotate = (value: number, bits: number): number => {
	return (value << bits) | (value >>> (32 - bits));
};

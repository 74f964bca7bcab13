import { encodeHex } from "text/hex";
import { encodeText } from "text/utf8";

const initial: readonly number[] = Object.freeze([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
/** How far the sum is rotated in each of four steps, round by round. */
const rotations: readonly number[] = Object.freeze([7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]);
const sines: readonly number[] = Object.freeze([
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8,
	0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340,
	0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87,
	0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
	0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039,
	0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92,
	0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391
]);

/**
 * MD5 (RFC 1321) of a text, in hexadecimal. For clients of Digest that know nothing else; too weak for anything else. It is not
 * mbedTLS's, which has it only where a project's configuration asks for it (`PSA_WANT_ALG_MD5`), and which a native would link into
 * every firmware, those that do without too.
 */
export const md5 = (text: string): string => {
	const padded = pad(encodeText(text));
	const state = [...initial];
	for (let at = 0; at < padded.byteLength; at += 64) compress(state, new DataView(padded, at, 64));
	const digest = new DataView(new ArrayBuffer(16));
	for (let index = 0; index < 4; index++) digest.setInt32(4 * index, state[index] as number, true);
	return encodeHex(digest.buffer);
};

/** The message, a 1 bit, zeros, and the length in bits, in blocks of 64 bytes. */
const pad = (message: ArrayBuffer): ArrayBuffer => {
	const length = message.byteLength;
	const padded = new Uint8Array((((length + 8) >> 6) + 1) << 6);
	padded.set(new Uint8Array(message));
	padded[length] = 0x80;
	new DataView(padded.buffer).setUint32(padded.byteLength - 8, length * 8, true);
	return padded.buffer;
};

const compress = (state: number[], block: DataView): void => {
	let [a = 0, b = 0, c = 0, d = 0] = state;
	for (let step = 0; step < 64; step++) {
		const round = step >> 4;
		const bits = rotations[4 * round + (step & 3)] as number;
		const word = block.getInt32(4 * wordOf(round, step), true);
		const sum = (a + mix(round, b, c, d) + word + (sines[step] as number)) | 0;
		a = d;
		d = c;
		c = b;
		b = (b + ((sum << bits) | (sum >>> (32 - bits)))) | 0;
	}
	for (const [index, value] of [a, b, c, d].entries()) state[index] = ((state[index] as number) + value) | 0;
};

/** Which of the block's 16 words a step adds. */
const wordOf = (round: number, step: number): number => {
	if (round === 0) return step;
	if (round === 1) return (5 * step + 1) & 15;
	return (round === 2 ? 3 * step + 5 : 7 * step) & 15;
};

const mix = (round: number, b: number, c: number, d: number): number => {
	if (round === 0) return (b & c) | (~b & d);
	if (round === 1) return (b & d) | (c & ~d);
	return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
};

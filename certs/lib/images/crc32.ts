const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
	return value;
});

/** CRC-32 of IEEE 802.3, as zlib and gzip have it. (Node 20 does not offer its own in every release.) */
export function crc32(data: Uint8Array): number {
	let value = 0xffffffff;
	for (const byte of data) value = (TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
	return (value ^ 0xffffffff) >>> 0;
}

// Frames as clients write them, good and bad, and the server's frames taken apart. Written from RFC 6455 §5.2, apart
// from the code under test.

export interface FrameShape {
	fin?: boolean;
	rsv?: number;
	/** Default: a key of four different bytes; `null` sends unmasked. */
	key?: readonly number[] | null;
	/** Bytes of the extended length field, instead of the shortest form. */
	field?: 0 | 2 | 8;
	/** The length that is told, instead of the true one. */
	length?: bigint;
}

const defaultKey = [0x37, 0xfa, 0x21, 0x3d];

/** A client's frame. Text is UTF-8. */
export function frame(opcode: number, content: string | Buffer = "", shape: FrameShape = {}): Buffer {
	const bytes = Buffer.from(content as string);
	const { fin = true, rsv = 0, key = defaultKey, length = BigInt(bytes.length) } = shape;
	const field = shape.field ?? (length < 126n ? 0 : length < 65536n ? 2 : 8);
	const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
	head.push((key === null ? 0 : 0x80) | (field === 0 ? Number(length) : field === 2 ? 126 : 127));
	for (let at = field - 1; at >= 0; at--) head.push(Number((length >> BigInt(8 * at)) & 255n));
	if (key === null) return Buffer.concat([Buffer.from(head), bytes]);
	const masked = bytes.map((byte, at) => byte ^ (key[at % 4] as number));
	return Buffer.concat([Buffer.from([...head, ...key]), masked]);
}

/** A client's Close frame. */
export function closeFrame(code: number, reason = ""): Buffer {
	return frame(8, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]));
}

export interface ServerFrame {
	opcode: number;
	content: string;
}

/** The server's frames: unmasked, unfragmented, no more than whole. Text and content are Latin-1. */
export function serverFrames(received: string): ServerFrame[] {
	const bytes = Buffer.from(received, "latin1");
	const frames: ServerFrame[] = [];
	for (let at = 0; at < bytes.length; ) {
		const first = bytes[at] as number;
		if ((first & 0xf0) !== 0x80) throw new Error("Server's frame is a fragment or has reserved bits");
		let length = bytes[at + 1] as number;
		at += 2;
		if (length >= 126) {
			const field = length === 126 ? 2 : 8;
			length = field === 2 ? bytes.readUInt16BE(at) : Number(bytes.readBigUInt64BE(at));
			at += field;
		}
		if (at + length > bytes.length) throw new Error("Server's frame is incomplete");
		frames.push({ opcode: first & 15, content: bytes.toString("latin1", at, at + length) });
		at += length;
	}
	return frames;
}

/** The code in the Close frame that the server sent last; `undefined` when there is none. */
export function closeCodeIn(received: string): number | undefined {
	const { opcode, content } = serverFrames(received).at(-1) ?? {};
	if (opcode !== 8) return undefined;
	return content?.length ? Buffer.from(content, "latin1").readUInt16BE(0) : 1005;
}

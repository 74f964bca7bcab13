import type { Bytes } from "../../io";
import type { LongText } from "../content/long-text";

/** A frame as it is sent: in one piece or two. */
export type Frame = readonly (Bytes | LongText)[];

/**
 * A server's frame, which is never masked nor a fragment (RFC 6455 §5.2).
 * @param coalesce the longest content that is copied behind its header: a long text is longer.
 * @returns one buffer, or header and content when the content is longer than that.
 */
export const encodeFrame = (opcode: number, content: ArrayBuffer | Uint8Array | LongText, coalesce: number): Frame => {
	const length = content.byteLength;
	const size = headerSize(length);
	const copied = length <= coalesce;
	const frame = new Uint8Array(copied ? size + length : size);
	frame[0] = 0x80 | opcode;
	if (size === 2) frame[1] = length;
	else {
		frame[1] = size === 4 ? 126 : 127;
		let left = length;
		for (let at = size - 1; at > 1; at--) {
			frame[at] = left % 256;
			left = Math.floor(left / 256);
		}
	}
	if (!copied) return [frame.buffer, content];
	frame.set(content instanceof ArrayBuffer ? new Uint8Array(content) : (content as Uint8Array), size);
	return [frame.buffer];
};

const headerSize = (length: number): number => {
	if (length < 126) return 2;
	return length < 0x10000 ? 4 : 10;
};

import { decodeText, encodeText } from "text/utf8";
import WebSocketError, { closeCode, isCloseCode } from "./close-code";

/** Most bytes of a close reason. */
const maxReason = 123;

/** Why a WebSocket ends. */
export interface Closing {
	/** 1005 when the frame had none. */
	readonly code: number;
	readonly reason: string;
}

/**
 * The content of a Close frame (RFC 6455 §5.5.1).
 * @param code one that a server may send; or 1005, for a frame without one.
 * @throws {RangeError} for other codes, or a reason of more than 123 bytes.
 */
export const encodeClose = (code: number, reason = ""): Uint8Array => {
	if (code === closeCode.none) return new Uint8Array(0);
	if (!isCloseCode(code)) throw new RangeError("Close code is not one that may be sent");
	const text = encodeText(reason);
	if (text.byteLength > maxReason) throw new RangeError("Close reason is longer than 123 bytes");
	const content = new Uint8Array(2 + text.byteLength);
	content[0] = code >> 8;
	content[1] = code;
	content.set(new Uint8Array(text), 2);
	return content;
};

/**
 * Reads the content of a Close frame.
 * @throws {WebSocketError} 1002 for a code that may not be sent, or half of one; 1007 when the reason is not UTF-8.
 */
export const decodeClose = (content: ArrayBuffer): Closing => {
	const [high, low] = new Uint8Array(content);
	if (high === undefined) return { code: closeCode.none, reason: "" };
	const code = low === undefined ? 0 : (high << 8) | low;
	if (!isCloseCode(code)) throw new WebSocketError(closeCode.protocolError, "Close frame has no valid code");
	const reason = decodeText(content.slice(2));
	if (reason === undefined) throw new WebSocketError(closeCode.invalidData, "Close reason is not UTF-8");
	return { code, reason };
};

import WebSocketError, { closeCode } from "./close-code";
import { unmask } from "./mask";

export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
Object.freeze(opcode);

/** Most bytes that a control frame carries (RFC 6455 §5.5). */
export const maxControl = 125;

/** Bounds of {@link FrameReader}; see `Limits`. */
export interface FrameLimits {
	readonly maxMessage: number;
	readonly maxFragments: number;
}

/** Part of a message as it has come, or the whole of a control frame. */
export interface Piece {
	/** Text or binary, for continuation frames too; or close, ping or pong. */
	readonly opcode: number;
	/** Unmasked content; may be empty. */
	readonly bytes: ArrayBuffer;
	/** Whether the message ends here. */
	readonly final: boolean;
}

const nothing = new Uint8Array(0);

// What a frame's next byte belongs to. Numbers, for a text that a preloaded module compares with is copied each time.
const inFirst: number = 0;
const inSecond: number = 1;
const inLength: number = 2;
const inKey: number = 3;
const inContent: number = 4;

/**
 * Reads a client's frames (RFC 6455 §5). A header is checked before its payload is waited for, and the payload of a data
 * frame is passed on as it comes: only that of a control frame, of 125 bytes at most, is kept until it is whole.
 */
export default class FrameReader {
	readonly #limits: FrameLimits;
	#chunk: Uint8Array = nothing;
	#at = 0;
	#state = inFirst;
	#fin = false;
	#opcode = 0;
	/** Bytes that the present state still waits for. */
	#left = 0;
	#length = 0;
	/** The least length that needs a length field of the size at hand. */
	#minimum = 0;
	#key = 0;
	#control: ArrayBuffer | undefined;
	/** Opcode of the message of which more fragments are to come; 0 between messages. */
	#message = 0;
	#fragments = 0;
	#total = 0;

	constructor(limits: FrameLimits) {
		this.#limits = limits;
	}

	/** Adds bytes that have come. They are overwritten. */
	feed(bytes: ArrayBuffer): void {
		const left = this.#chunk.length - this.#at;
		this.#chunk = new Uint8Array(left === 0 ? bytes : this.cut(left).concat(bytes));
		this.#at = 0;
	}

	/**
	 * The next piece; `undefined` when more bytes are needed.
	 * @throws {WebSocketError} 1002, 1008 or 1009. The reader is of no use after it.
	 */
	next(): Piece | undefined {
		while (this.#at < this.#chunk.length || (this.#state === inContent && this.#left === 0)) {
			if (this.#state === inContent) {
				const piece = this.content();
				if (piece !== undefined) return piece;
			} else if (this.#state !== inKey || this.#left < 4 || !this.wholeKey())
				this.header(this.#chunk[this.#at++] as number);
		}
		this.#chunk = nothing;
		this.#at = 0;
		return undefined;
	}

	private header(byte: number): void {
		switch (this.#state) {
			case inFirst:
				this.first(byte);
				break;
			case inSecond:
				this.second(byte);
				break;
			case inLength:
				this.lengthByte(byte);
				break;
			default:
				this.keyByte(byte);
		}
	}

	private first(byte: number): void {
		this.#fin = byte >= 0x80;
		this.#opcode = byte & 0x0f;
		if ((byte & 0x70) !== 0) throw protocolError("Frame has a reserved bit");
		if (this.#opcode >= opcode.close) {
			if (this.#opcode > opcode.pong) throw protocolError("Frame has a reserved opcode");
			if (!this.#fin) throw protocolError("Control frame is a fragment");
		} else if (this.#opcode === opcode.continuation) {
			if (this.#message === 0) throw protocolError("Continuation frame continues nothing");
		} else {
			if (this.#opcode > opcode.binary) throw protocolError("Frame has a reserved opcode");
			if (this.#message !== 0) throw protocolError("Message begins within another");
		}
		this.#state = inSecond;
	}

	private second(byte: number): void {
		if (byte < 0x80) throw protocolError("Frame of a client is not masked");
		const length = byte & 0x7f;
		if (this.isControl && length > maxControl) throw protocolError("Control frame is too long");
		this.#length = 0;
		this.#state = inLength;
		if (length < 126) this.endLength(length);
		else {
			this.#left = length === 126 ? 2 : 8;
			this.#minimum = length === 126 ? 126 : 0x10000;
		}
	}

	private lengthByte(byte: number): void {
		if (this.#left === 8 && byte >= 0x80) throw protocolError("Frame length has its highest bit set");
		this.#length = this.#length * 256 + byte;
		this.#left--;
		if (this.#left > 0) return;
		if (this.#length < this.#minimum) throw protocolError("Frame length is not in its shortest form");
		this.endLength(this.#length);
	}

	private endLength(length: number): void {
		this.#length = length;
		if (!this.isControl) this.admit();
		this.#state = inKey;
		this.#left = 4;
		this.#key = 0;
	}

	/** Checks a data frame against the limits, before its payload has come. */
	private admit(): void {
		this.#fragments++;
		this.#total += this.#length;
		if (this.#total > this.#limits.maxMessage)
			throw new WebSocketError(closeCode.messageTooBig, "Message is over the limit");
		if (this.#fragments > this.#limits.maxFragments)
			throw new WebSocketError(closeCode.policyViolation, "Message has too many fragments");
		if (this.#opcode !== opcode.continuation) this.#message = this.#opcode;
	}

	private keyByte(byte: number): void {
		this.#key |= byte << (8 * (4 - this.#left));
		this.#left--;
		if (this.#left === 0) this.endKey();
	}

	/** Takes all of a key in one step, as nearly every one comes; `false` when it has not come. */
	private wholeKey(): boolean {
		const chunk = this.#chunk;
		const at = this.#at;
		if (chunk.length < at + 4) return false;
		const low = (chunk[at] as number) | ((chunk[at + 1] as number) << 8);
		this.#key = low | ((chunk[at + 2] as number) << 16) | ((chunk[at + 3] as number) << 24);
		this.#at = at + 4;
		this.endKey();
		return true;
	}

	private endKey(): void {
		this.#state = inContent;
		this.#left = this.#length;
	}

	private content(): Piece | undefined {
		const here = this.#chunk.length - this.#at;
		const bytes = this.cut(this.#left < here ? this.#left : here);
		this.#key = unmask(bytes, this.#key);
		this.#left -= bytes.byteLength;
		if (this.#left === 0) this.#state = inFirst;
		if (this.isControl) return this.controlPiece(bytes);
		const message = this.#message;
		const final = this.#left === 0 && this.#fin;
		if (final) this.#message = this.#fragments = this.#total = 0;
		return { opcode: message, bytes, final };
	}

	private controlPiece(bytes: ArrayBuffer): Piece | undefined {
		const whole = this.#control === undefined ? bytes : this.#control.concat(bytes);
		this.#control = this.#left > 0 ? whole : undefined;
		return this.#left > 0 ? undefined : { opcode: this.#opcode, bytes: whole, final: true };
	}

	private cut(count: number): ArrayBuffer {
		const start = this.#at;
		const buffer = this.#chunk.buffer as ArrayBuffer;
		this.#at += count;
		return count === buffer.byteLength && count > 0 ? buffer : buffer.slice(start, start + count);
	}

	private get isControl(): boolean {
		return this.#opcode >= opcode.close;
	}
}

const protocolError = (message: string): WebSocketError => {
	return new WebSocketError(closeCode.protocolError, message);
};

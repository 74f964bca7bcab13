import Utf8Decoder, { decodeRoom } from "text/utf8";
import Pieces from "../content/pieces";
import type { Room } from "../memory/charge";
import WebSocketError, { closeCode } from "./close-code";
import { opcode, type Piece } from "./frame-reader";

/** Texts up to this length are joined as they come: many tiny ones would fill memory with objects. */
const smallText = 1024;

/** Bytes that a piece takes beside its content. */
const pieceCost = 64;

/** Puts a message together; text is checked as it comes. */
export default class MessageAssembler {
	#decoder: Utf8Decoder | undefined;
	#texts: string[] = [];
	readonly #parts = new Pieces();
	readonly #room: Room;
	/** Bytes that the message holds. */
	#held = 0;

	/** @param room where what a message takes is asked for. */
	constructor(room: Room) {
		this.#room = room;
	}

	/**
	 * Adds a piece of a message.
	 * @returns the message when it is complete.
	 * @throws {WebSocketError} 1007 when text is not UTF-8; 1009 when there can never be memory for it, 1013 when there
	 * is none now.
	 */
	add(piece: Piece): string | ArrayBuffer | undefined {
		// Twice: pieces are joined, and text is decoded beside them.
		const bytes = piece.bytes.byteLength + decodeRoom(piece.bytes) + pieceCost;
		if (!this.#room.take(bytes)) throw noRoom(this.#room.most, this.#held + bytes);
		this.#held += bytes;
		return piece.opcode === opcode.text ? this.addText(piece) : this.addBytes(piece);
	}

	/** Nobody uses the last message any more. */
	release(): void {
		this.#room.give(this.#held);
		this.#held = 0;
	}

	private addText({ bytes, final }: Piece): string | undefined {
		this.#decoder ??= new Utf8Decoder();
		const text = this.#decoder.decode(bytes);
		if (text === undefined || (final && !this.#decoder.complete))
			throw new WebSocketError(closeCode.invalidData, "Text message is not UTF-8");
		const texts = this.#texts;
		const last = texts.length - 1;
		if (last >= 0 && (texts[last] as string).length < smallText) texts[last] += text;
		else texts.push(text);
		if (!final) return undefined;
		this.#texts = [];
		this.#decoder = undefined;
		return texts.length === 1 ? texts[0] : texts.join("");
	}

	private addBytes({ bytes, final }: Piece): ArrayBuffer | undefined {
		this.#parts.add(bytes);
		return final ? this.#parts.take() : undefined;
	}
}

function noRoom(most: number, bytes: number): WebSocketError {
	if (bytes > most) return new WebSocketError(closeCode.messageTooBig, "Message needs more memory than there is");
	return new WebSocketError(closeCode.tryAgainLater, "Server has no memory for the message now");
}

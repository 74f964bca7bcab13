import Utf8Decoder, { decodeRoom } from "text/utf8";
import Pieces from "../content/pieces";
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
	readonly #room: { give(bytes: number): void };
	/** Bytes that the message holds. */
	#held = 0;

	/** @param room where what a message has taken is given back. */
	constructor(room: { give(bytes: number): void }) {
		this.#room = room;
	}

	/** Bytes that must be taken before a piece is added: twice its own, since pieces are joined, and text is decoded beside them. */
	roomFor({ bytes }: Piece): number {
		return bytes.byteLength + decodeRoom(bytes) + pieceCost;
	}

	/** Bytes of chunks in which a last piece, that is held, and those before it are joined: they have been taken, but XS may have none any more. */
	roomToJoin({ final }: Piece): number {
		return final && this.#texts.length + this.#parts.length > 0 ? Math.ceil(this.#held / 2) : 0;
	}

	/** So many bytes have been taken. */
	hold(bytes: number): void {
		this.#held += bytes;
	}

	/**
	 * Adds a piece of a message, for which room has been taken.
	 * @returns the message when it is complete. @throws {WebSocketError} 1007 when text is not UTF-8.
	 */
	add(piece: Piece): string | ArrayBuffer | undefined {
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

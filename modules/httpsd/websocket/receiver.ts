import type Channel from "../channel";
import { pieceCost } from "../limits";
import { fixedCosts } from "../memory/costs";
import WebSocketError, { closeCode } from "./close-code";
import FrameReader, { type Piece } from "./frame-reader";
import type Liveness from "./liveness";
import MessageAssembler from "./message-assembler";

/** A WebSocket's input: from the channel through frames to messages. */
export default class Receiver {
	readonly #channel: Channel;
	readonly #liveness: Liveness;
	readonly #reader: FrameReader;
	readonly #assembler: MessageAssembler;

	constructor(channel: Channel, liveness: Liveness) {
		this.#channel = channel;
		this.#liveness = liveness;
		this.#reader = new FrameReader(channel.limits);
		this.#assembler = new MessageAssembler(channel.account);
		// With what has been read and is not taken apart yet.
		channel.account.force(fixedCosts.webSocket + channel.limits.readSize);
	}

	/**
	 * The next piece of a message, or a control frame; `undefined` when more bytes are needed, or the turn is over.
	 * @throws {WebSocketError} as the reader does.
	 */
	next(): Piece | undefined {
		const { input, limits } = this.#channel;
		if (input.resting) return undefined;
		const reader = this.#reader;
		let piece = reader.next();
		if (piece !== undefined) input.charge(pieceCost);
		for (; piece === undefined; piece = reader.next()) {
			const bytes = input.take(limits.readSize);
			if (bytes === undefined) return undefined;
			this.#liveness.received();
			reader.feed(bytes);
		}
		return piece;
	}

	/**
	 * Asks for room for a piece of a message.
	 * @returns whether it is there; if not, `settle` is called later, with whether it is there now.
	 * @throws {WebSocketError} 1009 when there can never be so much.
	 */
	ask(piece: Piece, settle: (isGranted: boolean) => void): boolean {
		const { account } = this.#channel;
		const room = this.#assembler.roomFor(piece);
		if (account.held + room > account.most)
			throw new WebSocketError(closeCode.messageTooBig, "Message needs more memory than there is");
		if (account.take(room)) {
			this.#assembler.hold(room);
			return true;
		}
		account.wait(room, isGranted => {
			if (isGranted) this.#assembler.hold(room);
			settle(isGranted);
		});
		return false;
	}

	/**
	 * Adds a piece to its message, for which there is room.
	 * @returns the message when it is complete. @throws {WebSocketError} as the assembler does; 1013 when XS has no room to join its pieces.
	 */
	assemble(piece: Piece): string | ArrayBuffer | undefined {
		const room = this.#assembler.roomToJoin(piece);
		if (room > 0 && !this.#channel.account.isThere(room)) throw noMemory();
		return this.#assembler.add(piece);
	}

	/** Nobody uses the last message any more. */
	release(): void {
		this.#assembler.release();
	}

	/** While no piece may be taken: reads up to `maxAhead` bytes, since the end of the connection comes behind them. */
	readAhead(): void {
		const { input, limits } = this.#channel;
		const before = input.total;
		input.ahead(limits.maxAhead);
		if (input.total > before) this.#liveness.received();
	}

	/** The connection has closed: gives the reader what was read ahead. */
	takeRest(): void {
		const { input, limits } = this.#channel;
		const bytes = input.take(limits.readSize);
		if (bytes !== undefined) this.#reader.feed(bytes);
	}
}

/** Others hold the memory. */
export const noMemory = (): WebSocketError => {
	return new WebSocketError(closeCode.tryAgainLater, "Server has no memory for the message now");
};

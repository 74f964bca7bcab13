import { asError, catchRejection } from "./async/promises";
import type Channel from "./channel";
import type { ChannelUser } from "./channel";
import { toBytes } from "./content/source";
import type { Peer } from "./peer";
import WebSocketError, { closeCode } from "./websocket/close-code";
import { decodeClose, encodeClose } from "./websocket/close-frame";
import { encodeFrame, type Frame } from "./websocket/frame-encoder";
import { maxControl, opcode, type Piece } from "./websocket/frame-reader";
import Liveness from "./websocket/liveness";
import Receiver, { noMemory } from "./websocket/receiver";
import Sender from "./websocket/sender";

/** A message: text or bytes. */
export type Message = string | ArrayBuffer;

/** Callbacks of a WebSocket. What one throws, or rejects with, is an `error` event, and closes with 1011. */
export interface WebSocketListener {
	/** A message has come. While a promise that is returned is unresolved, others wait: see `maxAhead`. */
	message?(socket: WebSocket, data: Message): unknown;
	/**
	 * The WebSocket has ended. Called once. `code` is the peer's, or what was wrong with it; 1005 when it gave none, 1006
	 * when the connection broke or the peer went silent.
	 */
	close?(socket: WebSocket, code: number, reason: string): unknown;
	/** There is room again after a `send()` that returned false. */
	writable?(socket: WebSocket): unknown;
	/** A Ping has come, and has been answered. */
	ping?(socket: WebSocket, data: ArrayBuffer): unknown;
	/** A Pong has come. */
	pong?(socket: WebSocket, data: ArrayBuffer): unknown;
}

/** Settings of one WebSocket. */
export interface WebSocketSettings {
	/** The subprotocol that was agreed on; empty without. */
	readonly protocol: string;
	/** The only kind of message that is taken; the other closes with 1003. Default: both. */
	readonly accepts?: "text" | "binary" | undefined;
}

/** A WebSocket's server end (RFC 6455). */
export default class WebSocket implements ChannelUser {
	/** The subprotocol that was agreed on; empty without. */
	readonly protocol: string;
	/** Anything that the application keeps with the WebSocket. */
	context: unknown;
	readonly #channel: Channel;
	readonly #listener: WebSocketListener;
	readonly #refused: number;
	readonly #liveness: Liveness;
	readonly #receiver: Receiver;
	readonly #sender: Sender;
	/** `closing`: our Close frame is on its way, the peer's has not come. */
	#state: "open" | "closing" | "closed" = "open";
	/** Whether a handler has not finished with a message. */
	#paused = false;
	#running = false;
	/** Whether the connection has closed, and messages that came before are still to be delivered. */
	#draining = false;
	#topics: Set<string> | undefined;

	/** @internal WebSockets are made by `server.websocket()`. */
	constructor(channel: Channel, listener: WebSocketListener, { protocol, accepts }: WebSocketSettings) {
		this.protocol = protocol;
		this.#channel = channel;
		this.#listener = listener;
		this.#refused = accepts === undefined ? -1 : opcode[accepts === "text" ? "binary" : "text"];
		this.#liveness = new Liveness(channel, this);
		this.#sender = new Sender(channel);
		this.#liveness.received();
		this.#receiver = new Receiver(channel, this.#liveness);
	}

	/** The client. */
	get peer(): Peer {
		return this.#channel.peer;
	}

	/** Whether messages can be sent. */
	get isOpen(): boolean {
		return this.#state === "open" && !this.#draining;
	}

	/** Bytes waiting to be sent. */
	get bufferedAmount(): number {
		return this.#state === "closed" ? 0 : this.#channel.pending;
	}

	/**
	 * Sends a message; once the WebSocket is closing, does nothing. Bytes must not change until they have left. A peer
	 * so slow that `maxBacklog` bytes wait for it, or that there is no memory for more, is closed instead, with 1013.
	 * @returns whether there is room for more; if not, `writable` is called when there is.
	 * @throws {TypeError} when `data` is neither text nor bytes.
	 */
	send(data: Message | Uint8Array): boolean {
		const { coalesce } = this.#channel.limits;
		const bytes = toBytes(data, coalesce, "JSON.stringify()");
		return this.sendFrame(encodeFrame(typeof data === "string" ? opcode.text : opcode.binary, bytes, coalesce));
	}

	/**
	 * Sends a Ping; the peer's Pong will bring `data` back.
	 * @throws {RangeError} when `data` is longer than 125 bytes.
	 */
	ping(data: ArrayBuffer | Uint8Array = new ArrayBuffer(0)): boolean {
		if (data.byteLength > maxControl) throw new RangeError("Ping carries at most 125 bytes");
		return this.sendFrame(encodeFrame(opcode.ping, data, maxControl));
	}

	/**
	 * Begins to close: the peer gets code and reason and is given `closeTimeout` to answer. Does nothing when closing.
	 * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999; default 1000.
	 * @param reason at most 123 bytes of UTF-8.
	 * @throws {RangeError} for others.
	 */
	close(code: number = closeCode.normal, reason = ""): void {
		if (code === closeCode.none) throw new RangeError("Close code is not one that may be sent");
		const content = encodeClose(code, reason);
		if (this.#state !== "open") return;
		this.#sender.control(opcode.close, content);
		this.#state = "closing";
		this.#liveness.endAfter(this.#channel.limits.closeTimeout);
	}

	/** Cuts the connection off, without a Close frame. */
	destroy(): void {
		if (this.#state === "closed") return;
		this.end(closeCode.abnormal, "");
		this.#channel.destroy();
	}

	/** Has broadcasts on the topic sent to this WebSocket. */
	subscribe(topic: string): void {
		this.#topics ??= new Set();
		this.#topics.add(topic);
	}

	unsubscribe(topic: string): void {
		this.#topics?.delete(topic);
	}

	isSubscribed(topic: string): boolean {
		return this.#topics?.has(topic) ?? false;
	}

	/** @internal Sends a frame that is encoded, and may be sent to others too. Returns as `send()` does. */
	sendFrame(frame: Frame): boolean {
		if (!this.isOpen) return false;
		if (this.#sender.send(frame)) return this.hasRoom;
		this.fail(new WebSocketError(closeCode.tryAgainLater, "Peer does not read"));
		return false;
	}

	/** @internal Calls `open`, then begins to read. */
	start(open: () => unknown): void {
		this.notify(open);
		this.#channel.attach(this);
	}

	/** @internal */
	process(): void {
		if (this.#sender.takeRoom()) this.notify(() => this.#listener.writable?.(this));
		this.#running = true;
		let failure: Error | undefined;
		try {
			this.takeAll();
		} catch (error) {
			failure = asError(error);
		}
		this.#running = false;
		if (failure !== undefined) this.fail(failure);
	}

	/** @internal */
	stop(): void {
		this.close(closeCode.goingAway);
	}

	/** @internal Messages that came before are still delivered, for `pongTimeout` at most. */
	closed(): void {
		if (this.#state === "closed") return;
		this.#draining = true;
		this.#sender.end();
		this.#receiver.takeRest();
		if (this.#state === "open") this.#liveness.endAfter(this.#channel.limits.pongTimeout);
		if (!this.#running) this.process();
	}

	/** @internal */
	get hasRoom(): boolean {
		return this.#sender.hasRoom;
	}

	private takeAll(): void {
		while (this.#state !== "closed" && !this.#paused && this.hasRoom) {
			const piece = this.#receiver.next();
			if (piece !== undefined) this.take(piece);
			else if (this.#draining) this.end(closeCode.abnormal, "");
			else return;
		}
		this.#receiver.readAhead();
	}

	private take(piece: Piece): void {
		switch (piece.opcode) {
			case opcode.close:
				this.takeClose(piece.bytes);
				break;
			case opcode.ping:
				if (this.#state === "open") this.#sender.control(opcode.pong, piece.bytes);
				this.pause(this.notify(() => this.#listener.ping?.(this, piece.bytes)));
				break;
			case opcode.pong:
				this.pause(this.notify(() => this.#listener.pong?.(this, piece.bytes)));
				break;
			default:
				if (this.#state === "open") this.takeData(piece);
		}
	}

	private takeData(piece: Piece): void {
		if (piece.opcode === this.#refused)
			throw new WebSocketError(closeCode.unsupportedData, "Messages of this kind are not taken");
		if (this.#receiver.ask(piece, isGranted => this.waited(piece, isGranted))) this.addPiece(piece);
		else this.#paused = true;
	}

	private waited(piece: Piece, isGranted: boolean): void {
		this.#paused = false;
		try {
			if (!isGranted && this.#draining) this.end(closeCode.abnormal, "");
			else if (!isGranted) throw noMemory();
			else if (this.#state === "open") this.addPiece(piece);
		} catch (error) {
			this.fail(error);
		}
		this.#channel.wake();
	}

	private addPiece(piece: Piece): void {
		const message = this.#receiver.assemble(piece);
		if (message === undefined) return;
		const settled = this.notify(() => this.#listener.message?.(this, message));
		if (settled === undefined) this.#receiver.release();
		this.pause(settled, () => this.#receiver.release());
	}

	/** Nothing further is taken until a handler has finished with what it was given. */
	private pause(settled: Promise<void> | undefined, release?: () => void): void {
		this.#paused = settled !== undefined;
		settled?.then(() => {
			this.#paused = false;
			release?.();
			if (this.#draining) this.process();
			else this.#channel.wake();
		});
	}

	/** The peer's Close frame has come (RFC 6455 §5.5.1). */
	private takeClose(content: ArrayBuffer): void {
		const { code, reason } = decodeClose(content);
		if (this.#state === "open") this.#sender.control(opcode.close, encodeClose(code));
		this.#channel.leave(false);
		this.end(code, reason);
	}

	/** Fails the connection (RFC 6455 §7.1.7): sends a Close frame, and waits for nothing. */
	private fail(error: unknown): void {
		if (this.#state === "closed") return;
		const code = error instanceof WebSocketError ? error.code : closeCode.internalError;
		if (this.#state === "open") this.#sender.control(opcode.close, encodeClose(code));
		this.#channel.leave(true);
		this.#channel.report(error);
		this.end(code, "");
	}

	private end(code: number, reason: string): void {
		if (this.#state === "closed") return;
		this.#state = "closed";
		this.#liveness.clear();
		this.notify(() => this.#channel.notifyEnd(() => this.#listener.close?.(this, code, reason)));
	}

	private notify(call: () => unknown): Promise<void> | undefined {
		const failed = (error: unknown) =>
			this.#state === "closed" ? this.#channel.report(error) : this.fail(asError(error));
		try {
			const settled = catchRejection(call(), failed);
			if (settled !== undefined) this.#channel.follow(settled);
			return settled;
		} catch (error) {
			failed(error);
			return undefined;
		}
	}
}

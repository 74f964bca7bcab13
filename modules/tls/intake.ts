import type { Socket } from "../io";
import { limits } from "./limits";

const { readSize } = limits;

/** Ciphertext on its way from TCP to a session: at most one piece is taken from TCP and not yet fed. */
export default class Intake {
	readonly #tcp: Socket;
	#piece: ArrayBuffer | undefined;
	/** Bytes that TCP has announced and that were not taken. */
	announced = 0;
	/** Where in the piece the session goes on. */
	offset = 0;

	constructor(tcp: Socket) {
		this.#tcp = tcp;
	}

	get isEmpty(): boolean {
		return this.#piece === undefined && this.announced === 0;
	}

	/** The piece to be fed from `offset` on; `undefined` when there is none. */
	take(): ArrayBuffer | undefined {
		if (this.#piece === undefined && this.announced > 0) {
			const count = this.announced < readSize ? this.announced : readSize;
			this.announced -= count;
			this.offset = 0;
			this.#piece = this.#tcp.read(count) as ArrayBuffer | undefined;
		}
		return this.#piece;
	}

	/** The session has taken that many bytes. */
	fed(count: number): void {
		this.offset += count;
		if (this.#piece !== undefined && this.offset === this.#piece.byteLength) this.#piece = undefined;
	}

	/** TCP that is closed over unread bytes resets the connection, and the peer may lose our last words by that. */
	discard(): void {
		if (this.announced > 0) this.#tcp.read(this.announced);
		this.announced = 0;
		this.#piece = undefined;
	}
}

import type { Socket } from "../io";

/** What has come on a socket: bytes that were read too far, then those that the socket has announced. */
export default class Input {
	readonly #socket: Socket;
	#rest: ArrayBuffer | undefined;
	/** Bytes that the socket holds ready. */
	available = 0;
	/** Bytes read from the socket so far. */
	total = 0;

	constructor(socket: Socket) {
		this.#socket = socket;
	}

	/** Whether there is nothing to take. */
	get empty(): boolean {
		return this.#rest === undefined && this.available === 0;
	}

	/** Puts back the end of what was taken last. */
	putBack(bytes: ArrayBuffer | undefined): void {
		this.#rest = bytes;
	}

	/**
	 * The next bytes; `undefined` when there are none.
	 * @param max the most to read from the socket.
	 */
	take(max: number): ArrayBuffer | undefined {
		const rest = this.#rest;
		if (rest !== undefined) {
			this.#rest = undefined;
			return rest;
		}
		const count = this.available < max ? this.available : max;
		if (count === 0) return undefined;
		const bytes = this.#socket.read(count);
		if (!(bytes instanceof ArrayBuffer)) {
			this.available = 0;
			return undefined;
		}
		this.available -= bytes.byteLength;
		this.total += bytes.byteLength;
		return bytes;
	}
}

import Timer from "timer";
import type { Socket } from "../io";

/**
 * What has come on a socket: bytes that were read too far or ahead, then those that the socket has announced. It gives
 * so many in a turn and then has others be served first, for a client can make few bytes costly and send without end.
 */
export default class Input {
	readonly #socket: Socket;
	readonly #perTurn: number;
	readonly #wake: () => void;
	#rest: ArrayBuffer | undefined;
	/** Bytes that may still be given in this turn; those behind it wait for the next. */
	#left: number;
	#resting = false;
	/** Bytes that the socket holds ready. */
	available = 0;
	/** Bytes read from the socket so far. */
	total = 0;

	/** @param perTurn bytes in a turn. @param wake is called when a turn begins in which there is more to take. */
	constructor(socket: Socket, perTurn: number, wake: () => void) {
		this.#socket = socket;
		this.#perTurn = perTurn;
		this.#left = perTurn;
		this.#wake = wake;
	}

	/**
	 * The next bytes; `undefined` when there are none in this turn.
	 * @param max the most to read from the socket.
	 */
	take(max: number): ArrayBuffer | undefined {
		if (this.#left <= 0 && !this.goesOn()) return undefined;
		const rest = this.#rest;
		if (rest !== undefined) {
			this.#rest = undefined;
			return rest;
		}
		const count = this.available < max ? this.available : max;
		return count === 0 ? undefined : this.read(count);
	}

	/** Whether there is nothing to take, in this turn or another. */
	get empty(): boolean {
		return this.#rest === undefined && this.available === 0;
	}

	/** Puts back the end of what was taken last. */
	putBack(bytes: ArrayBuffer | undefined): void {
		this.#rest = bytes;
	}

	/**
	 * Reads what has come, to be taken later, if no more than `max` bytes wait then: the end of a connection is told
	 * only behind all that came before it.
	 * @returns whether the socket holds nothing more.
	 */
	ahead(max: number): boolean {
		if (this.available === 0) return true;
		const rest = this.#rest;
		if (this.available + (rest?.byteLength ?? 0) > max) return false;
		const bytes = this.read(this.available);
		if (bytes !== undefined) this.#rest = rest === undefined ? bytes : rest.concat(bytes);
		return true;
	}

	/** What was taken stands for so many bytes more, by what it costs. */
	charge(bytes: number): void {
		this.#left -= bytes;
	}

	/** Whether this turn goes on; if not, others are served first. */
	goesOn(): boolean {
		if (this.#left > 0) return true;
		this.endTurn();
		return false;
	}

	/** Others are served before there is more to take. */
	endTurn(): void {
		this.#left = 0;
		if (this.#resting) return;
		this.#resting = true;
		Timer.set(() => {
			this.#resting = false;
			this.#left = this.#perTurn;
			this.#wake();
		});
	}

	/** The connection has ended: what was read ahead can still be taken, at once. */
	end(): void {
		this.available = 0;
		this.#left = this.#perTurn;
	}

	private read(count: number): ArrayBuffer | undefined {
		const bytes = this.#socket.read(count);
		if (!(bytes instanceof ArrayBuffer)) {
			this.available = 0;
			return undefined;
		}
		this.available -= bytes.byteLength;
		this.total += bytes.byteLength;
		this.#left -= bytes.byteLength;
		return bytes;
	}
}
